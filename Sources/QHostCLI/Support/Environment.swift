import FoundationEssentials
import Glibc
import Logging
import QHostRuntime

/// The process that the program runs in.
enum Environment {
  /// The variables as the user set them.
  static let variables = ProcessInfo.processInfo.environment

  /// The path of this program.
  static let executable: String = {
    guard let path = realpath("/proc/self/exe", nil) else { return CommandLine.arguments[0] }
    defer { free(path) }
    return String(cString: path)
  }()

  /// OpenBLAS 0.3.21 takes an AVX-512 processor that it does not know for a Haswell, which halves its
  /// speed; it reads this variable when it is loaded, so it must be set before any plugin is.
  ///
  /// It gets no threads of its own: rows are shared out to those of the host.
  static func prepareLibraries() {
    setenv("OPENBLAS_NUM_THREADS", "1", 1)
    guard Processor.hasAVX512, variables["OPENBLAS_CORETYPE"] == nil else { return }
    setenv("OPENBLAS_CORETYPE", "SKYLAKEX", 0)
  }

  /// Whether output of a kind goes to a person who can see colour.
  ///
  /// Open MPI gives its ranks pseudo-terminals wherever its own output goes, so that a rank cannot know.
  static func isTerminal(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1 && variables["OMPI_COMM_WORLD_SIZE"] == nil
  }
}

/// What this machine's processor can do.
enum Processor {
  static let flags: Set<String> = {
    guard let bytes = try? FileAccess.read("/proc/cpuinfo") else { return [] }
    let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first {
      $0.hasPrefix("flags")
    }
    return Set((line ?? "").split(separator: " ").map(String.init))
  }()

  static let hasAVX512 = flags.isSuperset(of: ["avx512f", "avx512bw", "avx512vl", "avx512dq"])

  static let count = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}
