internal import QHostInterfaces
internal import Synchronization

/// Whether a plugin has said that it is dead.
final class PluginLife: Sendable {
  private let dead = Atomic<Bool>(false)

  /// Nothing of a dead plugin is called again.
  var isDead: Bool { dead.load(ordering: .relaxed) }

  /// Notes that it is.
  func end() { dead.store(true, ordering: .relaxed) }
}

/// What the calls of one instance have in common: whom their remarks are shown by, and whether its plugin lives.
final class InstanceLink: Sendable {
  private static let remarkLimit = 20
  private let life: PluginLife
  private let services: any HostServices
  private let shown = Mutex<Set<String>>([])

  init(_ life: PluginLife, _ services: any HostServices) {
    self.life = life
    self.services = services
  }

  /// Whether the plugin may still be called.
  var isAlive: Bool { !life.isDead }

  /// Notes that the plugin is dead.
  func end() { life.end() }

  /// Shows a remark to the user, each once and no more than somebody would read.
  func show(_ remark: String) {
    let isNew = shown.withLock { shown in
      shown.count < Self.remarkLimit && shown.insert(remark).inserted
    }
    if isNew { services.log(.warning, remark) }
  }
}
