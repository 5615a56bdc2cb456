"""Tells a slow floor from a busy machine.

The ratio of a figure to its floor is a verdict only if the floor is what it should be: a floor
slowed by a neighbour flatters the figure. So the floors' usual values are kept with a calibration
(memcpy, a loopback round trip, a synced page), a calibration is taken in each run, and a floor that is more than
15 % worse than its usual value, scaled by the two calibrations, is reported as disturbed.
"""

import json
import shutil

from driver.process import medians, run_json_lines

TOLERANCE = 0.15
SLOWEST = 0.5  # Of the reference's speed: on a machine slower than that nothing is scaled.
BETTER = {"memcpy_gb_per_s": "more", "loopback_round_trip_us": "less",
          "fdatasync_us": "less"}


class Calibration:
    def __init__(self, programs, references, data):
        self._program = programs / "bench_calibrate"
        self._data = data / "calibration"  # A folder to make and remove, on the disk in question.
        self._reference = json.loads(references.read_text(encoding="utf-8"))
        self._runs = []
        self._remarks = []

    def measure(self):
        """Called between the runs of a suite, so that it sees what they see."""
        try:
            self._runs += run_json_lines([self._program, self._data])
        finally:
            shutil.rmtree(self._data, ignore_errors=True)

    def medians(self):
        return medians(self._runs)

    def _speed(self, name):
        """How fast this machine is now, as a share of the reference."""
        now, then = self.medians()[name], self._reference["calibration"][name]
        return now / then if BETTER[name] == "more" else then / now

    def has_reference(self, floor):
        return floor in self._reference["floors"]

    def is_disturbed(self, floor, value):
        """Whether a floor measured now is too slow to judge by; keeps a remark if so."""
        reference = self._reference["floors"][floor]
        speed = self._speed(reference["scaled_by"]) if "scaled_by" in reference else 1
        if speed < SLOWEST:
            self._remarks.append(f"disturbed run: {reference['scaled_by']} is too far from usual "
                                 f"to scale the floor {floor} by; its ratio is no verdict")
            return True
        if reference["better"] == "more":
            expected = reference["value"] * speed
            share = value / expected
        else:
            expected = reference["value"] / speed
            share = expected / value
        if share >= 1 - TOLERANCE:
            return False
        self._remarks.append(f"disturbed run: floor {floor} is {value:.4g}, expected about "
                             f"{expected:.4g} here now; its ratio is no verdict")
        return True

    def remarks(self):
        slow = [f"the machine is slow now: {name} {self.medians()[name]:.3g}, usually "
                f"{self._reference['calibration'][name]:.3g}"
                for name in BETTER if self._speed(name) < 1 - TOLERANCE]
        return self._remarks + slow
