internal import CQHostRuntime
internal import Glibc
internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// Checks of what a component leaves behind in the process.
enum ProcessChecks {
  /// A number from the process's status in /proc, such as its threads.
  private static func status(_ key: String) -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard text.hasPrefix(key + ":") else { continue }
      return text.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
    }
    return 0
  }

  /// The processes that this one has started, or taken over, and not waited for.
  private static func children() -> [pid_t] {
    guard let folder = opendir("/proc/self/task") else { return [] }
    defer { closedir(folder) }
    var found: [pid_t] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
        String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard Int(name) != nil else { continue }
      let text = (try? FileAccess.read("/proc/self/task/\(name)/children")) ?? []
      found += String(decoding: text, as: UTF8.self).split(separator: " ").compactMap {
        pid_t($0)
      }
    }
    return found
  }

  private static func openFiles() -> Int {
    guard let folder = opendir("/proc/self/fd") else { return 0 }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    return count
  }

  /// Seconds that the instances of one check may take.
  private static let patience = 5.0

  /// Makes instances until there are `most`, or patience ends, after `first` that make what is made once.
  private static func growth(
    _ subject: CheckSubject, first: Int, most: Int, _ measure: () -> Int
  ) throws -> (grown: Int, instances: Int) {
    let exercise = try Exercise(subject)
    let begin = Clock.nanoseconds()
    func seconds() -> Double { Double(Clock.nanoseconds() - begin) * 1e-9 }
    try exercise.work()
    let each = max(seconds(), 1e-6)
    guard each * 4 < patience else { throw CheckSkip("an instance takes \(each) s") }
    for _ in 1..<min(first, max(2, Int(patience / 4 / each))) { try exercise.work() }
    let before = measure()
    var instances = 0
    while instances < most, instances < 2 || seconds() < patience {
      try exercise.work()
      instances += 1
    }
    return (measure() - before, instances)
  }

  private static func handlers() -> [UInt] {
    (1..<32).map { number in
      var action = sigaction()
      guard sigaction(Int32(number), nil, &action) == 0 else { return 0 }
      return withUnsafeBytes(of: &action) { $0.load(as: UInt.self) }
    }
  }

  static let all: [Check] = [
    Check(
      "instance", .contract, .component(nil), "Its defaults make an instance.",
      remedy:
        "Install the library that it needs, or correct create; the other checks need an instance."
    ) { subject in
      let exercise = try Exercise(subject)
      guard exercise.component.kind == .optimizer else { return try exercise.work() }
      let request = try subject.request()
      do throws(ComponentError) {
        _ = try ForeignOptimizer(exercise.component, request: request, problem: Exercise.problem)
      } catch {
        if let skip = Exercise.skip(for: error) { throw skip }
        throw error
      }
    },
    Check(
      "nothing-printed", .contract, .component(nil), "Nothing is written to standard output.",
      remedy: "Use host->log; standard output belongs to the program."
    ) { subject in
      let file = tmpfile()
      guard let file else { throw CheckSkip("there is no temporary file") }
      fflush(nil)
      let saved = dup(STDOUT_FILENO)
      dup2(fileno(file), STDOUT_FILENO)
      let result = Result { try Exercise(subject).work() }
      fflush(nil)
      dup2(saved, STDOUT_FILENO)
      close(saved)
      let length = lseek(fileno(file), 0, SEEK_END)
      fclose(file)
      try result.get()
      try require(length == 0, "\(length) bytes were written to standard output")
    },
    Check(
      "signal-handlers", .contract, .component(nil), "Signal handlers are as before.",
      remedy: "Leave signals to the host; sigaction back what a library of yours sets."
    ) { subject in
      let exercise = try Exercise(subject)
      // What it depends on is found before.
      _ = try? subject.request()
      let before = handlers()
      try exercise.work()
      let after = handlers()
      let changed = (0..<31).filter { before[$0] != after[$0] }.map { "\($0 + 1)" }
      try require(
        changed.isEmpty, "the handlers of signals \(changed.joined(separator: ", ")) are others")
    },
    Check(
      "locale", .contract, .component(nil), "The locale is as before.",
      remedy: "Use uselocale for one thread, or functions that take a locale."
    ) { subject in
      let exercise = try Exercise(subject)
      func name() -> String { setlocale(LC_ALL, nil).map { String(cString: $0) } ?? "" }
      let before = name()
      try exercise.work()
      try require(name() == before, "it is '\(name())' and was '\(before)'")
    },
    Check(
      "rounding", .contract, .component(nil),
      "Rounding, masks of exceptions and the treatment of subnormal numbers are as before.",
      remedy:
        "Save and restore the floating-point environment (fegetenv, fesetenv) in every function."
    ) { subject in
      let exercise = try Exercise(subject)
      func state() -> (Int32, Bool) {
        var tiny = Double.leastNormalMagnitude
        withUnsafeMutablePointer(to: &tiny) { $0.pointee /= 4 }
        return (fegetround(), tiny > 0)
      }
      let before = state()
      try exercise.work()
      try require(state() == before, "they are others")
    },
    Check(
      "folder-and-mask", .contract, .component(nil),
      "The working folder and the mask of new files are as before.",
      remedy: "Use absolute paths, and leave umask alone."
    ) { subject in
      let exercise = try Exercise(subject)
      func state() -> (String, mode_t) {
        let folder = getcwd(nil, 0)
        defer { free(folder) }
        let mask = umask(0)
        umask(mask)
        return (folder.map { String(cString: $0) } ?? "", mask)
      }
      let before = state()
      try exercise.work()
      try require(state() == before, "they are others")
    },
    Check(
      "standard-files", .contract, .component(nil),
      "Standard input, output and error stay open.", remedy: "Close what you have opened."
    ) { subject in
      try Exercise(subject).work()
      for number in 0...2 as ClosedRange<Int32> {
        try require(fcntl(number, F_GETFD) >= 0, "descriptor \(number) is closed")
      }
    },
    Check(
      "no-processes", .contract, .component(nil),
      "No other process is started that outlives the instance.",
      remedy:
        "Work in this process; where a program must be started, end it and wait for it in destroy."
    ) { subject in
      // Whose parent ends first becomes a child of this process too.
      qhost_adopt_orphans()
      try Exercise(subject).work()
      let left = children()
      for child in left { kill(child, SIGKILL) }
      try require(
        left.isEmpty, "\(left.count) processes continue after the instance is destroyed")
    },
    Check(
      "threads-end", .stress, .component(nil),
      "No threads are left when instances are destroyed.",
      remedy: "Join your threads in destroy, or use host->parallel_for."
    ) { subject in
      let found = try growth(subject, first: 3, most: 20) { status("Threads") }
      try require(found.grown <= 0, "\(found.instances) instances left \(found.grown) threads")
    },
    Check(
      "files-close", .stress, .component(nil),
      "No files are left open when instances are destroyed.", remedy: "Close them in destroy."
    ) { subject in
      let found = try growth(subject, first: 3, most: 100) { openFiles() }
      try require(found.grown <= 0, "\(found.instances) instances left \(found.grown) files open")
    },
    Check(
      "memory-returns", .stress, .component(nil),
      "A thousand instances, made, used and destroyed, leave no memory behind.",
      remedy: "Free in destroy and close what create and open allocate; valgrind finds where."
    ) { subject in
      // An instance that takes long is tried less often.
      let found = try growth(subject, first: 50, most: 1000) { status("VmRSS") }
      // What an allocator keeps is not a leak: less than 2 KiB for each.
      try require(
        found.grown < max(4096, 2 * found.instances),
        "\(found.instances) instances left \(found.grown) KiB, "
          + "\(found.grown * 1024 / found.instances) bytes each")
    },
  ]
}
