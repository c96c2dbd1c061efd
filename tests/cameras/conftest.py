"""The first system of the school and a camera on it."""

import pytest

from tests.factories import CameraFactory, CameraSystemFactory


@pytest.fixture
def system(school):
    return CameraSystemFactory(school=school, number=1)


@pytest.fixture
def camera(system):
    return CameraFactory(system=system, number=7)
