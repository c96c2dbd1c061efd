"""What the API says and accepts about tokens."""

from rest_framework import serializers


class CredentialsSerializer(serializers.Serializer):
    email = serializers.EmailField()
    password = serializers.CharField(max_length=128, trim_whitespace=False)


class TokenSerializer(serializers.Serializer):
    """The token is shown once: the portal keeps only its hash."""

    token = serializers.CharField()
    expires_at = serializers.DateTimeField()
