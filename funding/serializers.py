"""What the API says about upgrade requests, and what it asks."""

from rest_framework import serializers

from funding.models import UpgradeRequest


class UpgradeRequestSerializer(serializers.ModelSerializer):
    """One request. It has no write side."""

    school: serializers.Field = serializers.SlugRelatedField(slug_field="code", read_only=True)
    violations: serializers.Field = serializers.PrimaryKeyRelatedField(many=True, read_only=True)
    filed_by = serializers.CharField(source="filed_by.name", read_only=True)

    class Meta:
        model = UpgradeRequest
        fields = [
            "id", "school", "purpose", "description", "amount", "violations", "status",
            "filed_at", "filed_by", "withdrawn_at", "withdrawal_reason",
        ]  # fmt: skip
        read_only_fields = fields


class FilingSerializer(serializers.Serializer):
    """A new request of one school."""

    school = serializers.CharField()
    purpose = serializers.ChoiceField(choices=UpgradeRequest.Purpose.choices)
    description = serializers.CharField(max_length=2000)
    amount = serializers.DecimalField(max_digits=14, decimal_places=2)
    violations = serializers.ListField(child=serializers.IntegerField(), allow_empty=False)


class WithdrawalSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=2000)
