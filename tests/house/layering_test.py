import unittest

import layering
from source_tree import Source


def errors(path, text):
    check = layering.check_cmake if path.endswith("CMakeLists.txt") else layering.check_source
    return [(finding.line, finding.message) for finding in check(Source(path, text))]


class LayeringTest(unittest.TestCase):
    def test_an_include_against_the_arrow_is_caught(self):
        for path, used, layer in [
                ("core/model/a.h", "core/queue/queue.h", "core/queue"),
                ("core/base/a.h", "core/model/queue_name.h", "core/model"),
                ("journal/a.cc", "core/queue/queue.h", "core/queue"),
                ("broker/a.cc", "server/api/service.h", "server/api"),
                ("broker/a.cc", "platform/mutex.h", "platform"),
                ("platform/a.cc", "core/model/limits.h", "core/model"),
                ("server/grpc/a.cc", "broker/command.h", "broker"),
                ("server/grpc/a.cc", "core/queue/queue.h", "core/queue"),
                ("server/api/a.cc", "server/runtime/inbox.h", "server/runtime"),
                ("server/runtime/a.cc", "server/grpc/server.h", "server/grpc"),
                ("client/lib/a.cc", "broker/command.h", "broker"),
                ("client/load/a.cc", "server/api/service.h", "server/api")]:
            with self.subTest(path=path, used=used):
                self.assertEqual(errors(path, f'#pragma once\n#include "{used}"\n'),
                                 [(2, f"{path.rsplit('/', 1)[0]} may not use {layer}")])

    def test_use_is_transitive(self):
        for path, used in [("core/queue/a.h", "core/base/check.h"),
                           ("broker/a.h", "core/model/limits.h"),
                           ("server/main.cc", "broker/shard.h"),
                           ("server/grpc/a.h", "core/model/api_error.h"),
                           ("client/cli/a.cc", "proto/twinq/v1/queue.pb.h"),
                           ("client/load/a.cc", "platform/thread.h"),
                           ("tests/core/queue/a.cc", "broker/shard.h")]:
            with self.subTest(path=path, used=used):
                self.assertEqual(errors(path, f'#include "{used}"'), [])

    def test_nothing_uses_tests_or_a_main(self):
        self.assertEqual(errors("broker/a.cc", '#include "tests/support/a.h"'),
                         [(1, "nothing uses tests")])
        self.assertEqual(errors("client/cli/a.cc", '#include "server/flags.h"'),
                         [(1, "nothing uses server/main")])

    def test_headers_that_a_layer_must_never_see_are_caught(self):
        for path, header in [("core/queue/a.h", "<mutex>"), ("core/queue/a.h", "<thread>"),
                             ("core/base/a.h", "<chrono>"), ("core/base/a.h", "<fstream>"),
                             ("core/model/a.h", '"absl/time/clock.h"'),
                             ("core/model/a.h", '"absl/synchronization/mutex.h"'),
                             ("core/model/a.h", "<google/protobuf/message.h>"),
                             ("core/queue/a.h", "<boost/json.hpp>"),
                             ("journal/file/a.cc", "<unistd.h>"),
                             ("journal/a.cc", "<sys/socket.h>"),
                             ("broker/a.cc", "<thread>"),
                             ("broker/a.cc", '"journal/memory_journal.h"'),
                             ("server/api/a.cc", "<grpcpp/grpcpp.h>"),
                             ("server/api/a.cc", '"proto/twinq/v1/queue.grpc.pb.h"'),
                             ("server/runtime/a.cc", "<boost/beast/http.hpp>")]:
            with self.subTest(path=path, header=header):
                layer, name = path.rsplit("/", 1)[0], header[1:-1]
                self.assertEqual(errors(path, f"#include {header}"),
                                 [(1, f"{layer} must never see {name}")])

    def test_headers_that_only_look_alike_are_not_caught(self):
        for path, header in [("core/queue/a.h", '"absl/time/time.h"'),
                             ("core/queue/a.h", "<cstdint>"),
                             ("core/base/a.h", '"core/base/clock.h"'),
                             ("server/api/a.cc", '"proto/twinq/v1/queue.pb.h"'),
                             ("server/grpc/a.cc", "<grpcpp/grpcpp.h>")]:
            with self.subTest(path=path, header=header):
                self.assertEqual(errors(path, f"#include {header}"), [])

    def test_comments_are_no_includes(self):
        self.assertEqual(errors("core/base/a.h", '// #include "broker/shard.h"'), [])

    def test_a_source_in_no_layer_is_caught(self):
        self.assertEqual(len(errors("server/extras/a.cc", "")), 1)

    def test_dependencies_of_targets_are_held_to_the_same_edges(self):
        def deps(*names):
            return f"# twinq::broker is not used\ntwinq_library(x\n  DEPS {' '.join(names)})\n"

        self.assertEqual(errors("core/queue/CMakeLists.txt", deps("twinq::core_model")), [])
        self.assertEqual(errors("core/queue/CMakeLists.txt", deps("twinq::broker", "absl::status")),
                         [(3, "core/queue may not use broker")])
        self.assertEqual(errors("core/base/CMakeLists.txt", deps("absl::synchronization")),
                         [(3, "core/base must never see absl::synchronization")])
        self.assertEqual(errors("server/api/CMakeLists.txt", deps("twinq::proto", "gRPC::grpc++")),
                         [(3, "server/api must never see gRPC::grpc++")])
        self.assertEqual(errors("server/api/CMakeLists.txt", deps("twinq::proto_grpc")),
                         [(3, "server/api must never see twinq::proto_grpc")])
        self.assertEqual(errors("server/CMakeLists.txt", deps("twinq::server_grpc")), [])
        self.assertEqual(errors("server/CMakeLists.txt", deps("twinq::server_options")), [])
        self.assertEqual(errors("broker/CMakeLists.txt", deps("twinq::server_options")),
                         [(3, "nothing uses server/main")])
        self.assertEqual(errors("broker/CMakeLists.txt", deps("twinq::frobnicator")),
                         [(3, "twinq::frobnicator is in no layer")])

    def test_the_arrows_form_no_cycle(self):
        for layer, uses in layering.USES.items():
            for used in uses:
                self.assertNotIn(layer, layering.reachable(used), f"{layer} and {used}")


if __name__ == "__main__":
    unittest.main()
