"""What a figure depends on and is quoted with."""

import os
import platform
import time


def _first_value(path, key):
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith(key):
                return line.split(":", 1)[1].strip()
    return "unknown"


def _cache_entry(build, key):
    try:
        with open(build / "CMakeCache.txt", encoding="utf-8") as file:
            for line in file:
                if line.startswith(key + ":"):
                    return line.split("=", 1)[1].strip()
    except OSError:
        pass
    return "unknown"


def _file_system(folder):
    """The kind and device of the file system that holds the folder."""
    folder, found = os.path.realpath(folder), ("", "unknown")
    with open("/proc/mounts", encoding="utf-8") as file:
        for line in file:
            device, place, kind = line.split()[:3]
            if os.path.commonpath([place, folder]) == place and len(place) >= len(found[0]):
                found = (place, f"{kind} on {device}")
    return found[1]


def _cpu_ticks():
    """All ticks so far, and those that the hypervisor gave to others."""
    with open("/proc/stat", encoding="utf-8") as file:
        ticks = [int(word) for word in file.readline().split()[1:]]
    return sum(ticks[:8]), ticks[7]


class Conditions:
    """Begun before a suite runs and finished after it, so that it knows how busy the machine was."""

    def __init__(self, build, suite, data):
        build_type = _cache_entry(build, "CMAKE_BUILD_TYPE")
        flags = _cache_entry(build, f"CMAKE_CXX_FLAGS_{build_type.upper()}")
        self.values = {
            "suite": suite,
            "measured": time.strftime("%Y-%m-%d %H:%M", time.gmtime()),
            "cpu": _first_value("/proc/cpuinfo", "model name"),
            "cores": os.cpu_count(),
            "kernel": platform.release(),
            "build": f"{build_type} ({flags})",
            "file_system": _file_system(data),
            "load_before": round(os.getloadavg()[0], 2),
        }
        self._ticks = _cpu_ticks()

    def add(self, **values):
        self.values.update(values)

    def finish(self, calibration):
        ticks, stolen = _cpu_ticks()
        elapsed = max(ticks - self._ticks[0], 1)
        self.add(load_after=round(os.getloadavg()[0], 2),
                 stolen_percent=round(100 * (stolen - self._ticks[1]) / elapsed, 1),
                 **calibration.medians())

    def text(self):
        return "conditions: " + ", ".join(f"{key} {value}" for key, value in self.values.items())
