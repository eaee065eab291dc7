import Foundation
import Glibc
import Testing

/// The same with a real Slurm of one node on this machine, where its programs are installed.
@Suite("qhost compare on a real Slurm", .serialized)
struct SlurmTests {
  private static let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../Fixtures/Engines/slurm-here").standardized.path
  private static let isThere: Bool = {
    let programs = [
      "/usr/bin/sbatch", "/usr/sbin/slurmctld", "/usr/sbin/slurmd", "/usr/sbin/munged",
    ]
    let isThere =
      ProcessInfo.processInfo.environment["QHOST_THOROUGH"] == "1" && getuid() == 0
      && programs.allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
    if !isThere { print("skipped: Slurm needs QHOST_THOROUGH=1, root, slurm-wlm and munge") }
    return isThere
  }()

  @Test(
    "200 cells, with the command killed, an element cancelled and the node's daemon started again, give the table of this machine",
    .enabled(if: isThere))
  func disturbed() throws {
    let program = try Program()
    let place = program.folder + "/slurm"
    try FileManager.default.createDirectory(
      atPath: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    let started = try program.shell("'\(Self.fixture)' start '\(place)'")
    #expect(started.code == 0, "\(started.error)")
    defer { _ = try? program.shell("'\(Self.fixture)' stop '\(place)'") }
    let grid = "compare --quiet -o ga,random -d iris --seeds 100 --max-evals 4000 --output"
    let local = try program.shell("$0 \(grid) local --jobs 2")
    #expect(local.code == 0, "\(local.error)")
    let slurm = "export SLURM_CONF='\(place)/slurm.conf'; "
    let on = "--on slurm --element-time 0.5 --jobs 1"
    let first = try program.start(
      "/bin/bash", ["-c", slurm + "exec $0 \(grid) far \(on)", Program.path])
    for _ in 0..<600 {
      if (try? JournalFile(program, "far").records("cell").count) ?? 0 >= 10 { break }
      usleep(50_000)
    }
    first.send(SIGKILL)
    #expect(try first.wait().code == 137)
    let jobs = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: program.folder + "/far/campaign.json")))
    let job = try #require(((jobs as? [String: Any])?["jobs"] as? [String])?.first)
    let disturbed = try program.shell(
      slurm
        + """
        element=$(squeue --noheader --array --states=R,PD --jobs=\(job) --format=%K | head -n 1)
        [ -z "$element" ] || scancel \(job)_$element
        kill -9 $(cat '\(place)/slurmd.pid'); sleep 1; '\(Self.fixture)' node '\(place)'
        """)
    #expect(disturbed.code == 0, "\(disturbed.error)")
    let resumed = try program.shell(slurm + "$0 compare --resume --output far \(on) --json")
    #expect(resumed.code == 0, "\(resumed.error)")
    #expect(try resumed.json()["finished"] as? Int == 200)
    #expect(try JournalFile(program, "far").cells() == JournalFile(program, "local").cells())
  }
}
