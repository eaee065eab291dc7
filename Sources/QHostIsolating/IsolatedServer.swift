internal import CQHostGuard
internal import CQHostIsolation
internal import Glibc
internal import QHostBridging
internal import QHostInterfaces
public import QHostRuntime

/// The process of a plugin: loads it, and does what the host asks.
public final class IsolatedServer {
  /// The hidden argument that makes `qhost` such a process.
  public static let command = IsolatedProcess.command

  /// What the process is started with, after the hidden argument.
  public struct Arguments {
    /// The process that has started it.
    public var parent: Int32
    /// Threads that the plugin may use.
    public var threads: Int
    /// Whether messages for authors of plugins are shown.
    public var isVerbose: Bool
    var memoryMegabytes: UInt64
    var openFiles: UInt32

    /// Reads them; `nil` where they are none.
    public init?(_ words: [String]) {
      guard words.count == 5, let parent = Int32(words[0]), let threads = Int(words[1]),
        let memory = UInt64(words[3]), let files = UInt32(words[4])
      else { return nil }
      self.parent = parent
      self.threads = threads
      isVerbose = words[2] == "1"
      memoryMegabytes = memory
      openFiles = files
    }
  }

  let channel: OpaquePointer
  let common: RunServices.Common
  private var libraries: [String: PluginLibrary] = [:]
  private var instance: (any ServedInstance)?

  /// Takes over the memory that the host shares, and gives up what a plugin does not need.
  ///
  /// Fails when the host has ended already.
  ///
  /// - Parameters:
  ///   - arguments: what the process was started with.
  ///   - common: what components have in common, but for the seed.
  public init?(_ arguments: Arguments, common: RunServices.Common) {
    qhost_guard_follow_parent()
    guard getppid() == arguments.parent,
      let channel = qhost_channel_map(IsolatedProcess.descriptor, IsolatedProcess.regionBytes)
    else { return nil }
    self.channel = channel
    self.common = common
    // A plugin may close or print to any descriptor: it has none but those of errors.
    qhost_close_from(IsolatedProcess.descriptor)
    for number in [SIGINT, SIGTERM, SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    qhost_channel_note_crashes(channel, qhost_guard_component, qhost_guard_function)
    qhost_confine(arguments.memoryMegabytes << 20, arguments.openFiles)
  }

  /// Does what is asked until the host ends the process.
  public func serve() -> Never {
    while true {
      qhost_channel_await_request(channel)
      let count = Int(qhost_channel_request_bytes(channel))
      var request = MessageReader(self.request, count: count)
      var reply = MessageWriter(self.reply, capacity: IsolatedProcess.capacity)
      var status = IsolatedStatus.done
      do throws(ComponentError) {
        if qhost_channel_flags(channel) & IsolatedFlag.tells != 0 {
          status = .refusedAnswer
          qhost_channel_enter(channel, IsolatedFunction.tell.rawValue)
          try tell(&request)
          status = .done
        }
        qhost_channel_enter(channel, qhost_channel_function(channel))
        try perform(&request, &reply)
        _ = try reply.finish("it")
      } catch {
        if status == .done { status = .failed }
        reply = MessageWriter(self.reply, capacity: IsolatedProcess.capacity)
        error.write(to: &reply)
      }
      // What comes next must not be reckoned as a plugin has left the processor.
      qhost_reset_arithmetic()
      qhost_channel_reply(channel, status.rawValue, UInt64(reply.count))
    }
  }

  private func perform(
    _ request: inout MessageReader, _ reply: inout MessageWriter
  ) throws(ComponentError) {
    guard let function = IsolatedFunction(rawValue: qhost_channel_function(channel)) else {
      throw MessageReader.damaged
    }
    switch function {
    case .describe where instance == nil: try describe(&request, &reply)
    case .makeOptimizer: instance = try ServedOptimizer(&request, self)
    case .makeDataset: instance = try ServedDataset(&request, self)
    case .makeModel: instance = try ServedModel(&request, self)
    case .makeTarget: instance = try ServedTarget(&request, self)
    case .destroy: instance = nil
    case .tell: break
    default:
      guard let instance else { throw MessageReader.damaged }
      try instance.perform(function, &request, &reply)
    }
  }

  private func tell(_ request: inout MessageReader) throws(ComponentError) {
    guard let optimizer = instance as? ServedOptimizer else { throw MessageReader.damaged }
    try optimizer.tell(&request)
  }

  private func describe(
    _ request: inout MessageReader, _ reply: inout MessageWriter
  ) throws(ComponentError) {
    let path = try request.text()
    guard let kind = ComponentKind(rawValue: try request.text()) else {
      throw MessageReader.damaged
    }
    DistantDescription(of: try component(path, kind, try request.text())).write(to: &reply)
  }

  /// A component of a library, which is loaded once.
  func component(
    _ path: String, _ kind: ComponentKind, _ name: String
  ) throws(ComponentError) -> ForeignComponent {
    if libraries[path] == nil {
      do throws(RunError) {
        libraries[path] = try PluginLibrary(
          loading: path, services: RunServices(common, place: "plugins"))
      } catch {
        throw ComponentError("plugin '\(path)': \(error.message)")
      }
    }
    let found = libraries[path]?.components.first {
      $0.kind == kind && $0.descriptor.name == name
    }
    guard let found else {
      throw ComponentError("'\(path)' no longer holds \(kind) '\(name)'; run again")
    }
    return found
  }

  private var request: UnsafeRawPointer {
    UnsafeRawPointer(channel) + Int(QHOST_CHANNEL_HEADER)
  }

  private var reply: UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(channel) + Int(QHOST_CHANNEL_HEADER) + IsolatedProcess.capacity
  }
}

/// An instance that a process serves.
protocol ServedInstance: AnyObject {
  /// Does one function.
  func perform(
    _ function: IsolatedFunction, _ request: inout MessageReader, _ reply: inout MessageWriter
  ) throws(ComponentError)
}
