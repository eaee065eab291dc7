import Foundation
import Glibc
import Testing

@Suite("qhost compare --on mpi", .serialized)
struct CompareOnMPITests {
  private static let isThere: Bool = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let isThere = ["mpirun", "mpicc"].allSatisfy { program in
      folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }
    if !isThere {
      print("skipped: there is no mpirun or mpicc (Debian: openmpi-bin, libopenmpi-dev)")
    }
    return isThere
  }()
  /// As root, and with more ranks than processors: Open MPI 4 and 5 want to be told.
  private static let mpirun =
    "export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 PRTE_ALLOW_RUN_AS_ROOT=1 "
    + "PRTE_ALLOW_RUN_AS_ROOT_CONFIRM=1; exec mpirun --oversubscribe"

  @Test("200 cells on three ranks give the table of one process", .enabled(if: isThere))
  func whole() throws {
    let program = try Program()
    let grid = "compare --quiet -o ga,random -d iris --seeds 100 --max-evals 300 --output"
    let local = try program.shell("$0 \(grid) local --jobs 2")
    #expect(local.code == 0, "\(local.error)")
    let result = try program.shell(
      "\(Self.mpirun) -n 3 $0 \(grid) far --on mpi --element-time 0.2 --json")
    #expect(result.code == 0, "\(result.error)")
    // Rank 0 alone has something to say.
    #expect(try result.json()["finished"] as? Int == 200)
    #expect(try JournalFile(program, "far").cells() == JournalFile(program, "local").cells())
    let files = program.files(in: "far/elements")
    #expect(files.count > 2, "\(files)")
  }

  @Test(
    "A lost rank ends all, the journal is kept, and the next command does the rest",
    .enabled(if: isThere))
  func lost() throws {
    let program = try Program()
    let grid = "compare -o ga,random -d iris --seeds 20 --max-evals 20000 --output"
    let local = try program.shell("$0 \(grid) local --quiet --jobs 2")
    #expect(local.code == 0, "\(local.error)")
    let child = try program.start(
      "/bin/bash",
      [
        "-c", "export MARK=$PWD; \(Self.mpirun) -n 3 $0 \(grid) far --on mpi --element-time 0.2",
        Program.path,
      ])
    for _ in 0..<800 where (try? JournalFile(program, "far").records("cell").count) ?? 0 < 3 {
      usleep(25_000)
    }
    // Its workers inherit its variables, but not its arguments.
    let killed = try program.shell(
      """
      for place in /proc/[0-9]*; do
        tr '\\0' ' ' < $place/cmdline 2>/dev/null | grep -q ' compare .* --on mpi' || continue
        tr '\\0' '\\n' < $place/environ 2>/dev/null > environment || continue
        grep -qx "MARK=$PWD" environment && grep -qxE '(OMPI_COMM_WORLD|PMI)_RANK=2' environment || continue
        kill -9 ${place#/proc/} && exit 0
      done
      exit 1
      """)
    #expect(killed.code == 0, "\(killed.error)")
    let result = try child.wait()
    #expect(result.code != 0)
    #expect(result.error.contains("the journal is kept"), "\(result.error)")
    #expect(result.error.contains("mpirun -n 3 qhost compare --resume --output"))
    #expect(program.has("far/interrupted.txt"))
    let before = try JournalFile(program, "far").records("cell").count
    #expect(before >= 3)
    let resumed = try program.shell(
      "\(Self.mpirun) -n 3 $0 compare --quiet --resume --output far --on mpi --element-time 0.2 --json"
    )
    #expect(resumed.code == 0, "\(resumed.error)")
    #expect(try resumed.json()["finished"] as? Int == 40)
    #expect(!program.has("far/interrupted.txt"))
    #expect(try JournalFile(program, "far").cells() == JournalFile(program, "local").cells())
  }

  @Test("One rank alone is refused", .enabled(if: isThere))
  func alone() throws {
    let program = try Program()
    expectRefusal(
      try program.shell("$0 compare --quiet -o ga --max-evals 50 --output o --on mpi"), code: 2,
      "two ranks", "mpirun -n 3")
    let alone = try program.shell(
      "\(Self.mpirun) -n 1 $0 compare --quiet -o ga --max-evals 50 --output o --on mpi")
    // mpirun adds words of its own.
    #expect(alone.code == 2, "\(alone.error)")
    #expect(alone.error.contains("error: --on mpi needs two ranks at least"), "\(alone.error)")
  }

  @Test("Without an MPI it says what to install")
  func absent() throws {
    let program = try Program()
    let plain = "$0 compare --quiet -o ga --max-evals 50 --output o --on mpi"
    expectRefusal(
      try program.shell("export PATH=/nowhere; " + plain), code: 75, "'mpirun'", "openmpi-bin")
    expectRefusal(
      try program.shell(
        "export PATH=/nowhere OMPI_COMM_WORLD_RANK=0 OMPI_COMM_WORLD_SIZE=2; " + plain),
      code: 75, "'mpicc'", "libopenmpi-dev")
  }
}
