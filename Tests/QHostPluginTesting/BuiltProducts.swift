import Foundation
import QHostRuntime

/// What the build put beside the test binary, and where the sources are.
public enum BuiltProducts {
  /// The folder of the test binary.
  public static let folder: String = {
    guard let path = realpath("/proc/self/exe", nil) else {
      preconditionFailure("/proc/self/exe cannot be read")
    }
    defer { free(path) }
    return String(String(cString: path).split(separator: "/").dropLast().flatMap { "/" + $0 })
  }()

  /// The built plugins.
  public static let libraries = PluginSearchPath(folders: [folder]).libraries()

  /// The built program.
  public static let program = folder + "/qhost"

  /// The root of the package.
  public static let sources: String = {
    let parts = #filePath.split(separator: "/").dropLast(3)
    return parts.map { "/" + $0 }.joined()
  }()

  /// The folder of the header.
  public static let headers = sources + "/SDK/C/include"

  /// The folder of the plugins that are built during the tests.
  public static let fixtures = sources + "/Tests/Fixtures/Plugins"
}
