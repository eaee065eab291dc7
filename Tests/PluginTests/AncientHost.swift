import CQHost
import Glibc
import QHostBridging

/// A host of the first release of the interface, as far as an optimizer sees it.
///
/// Its structs are as long as those were; what lies beyond is filled with ones, which no plugin may read or change.
final class AncientHost {
  /// A plugin's library that is loaded.
  private let entry:
    @convention(c) (UnsafePointer<qhost_host>?, UnsafeMutablePointer<qhost_error>?) ->
      UnsafePointer<qhost_plugin>?
  private let isAncient: Bool
  private let memory: UnsafeMutableRawPointer
  private var used = 0

  /// Loads a library.
  ///
  /// - Parameters:
  ///   - path: of the library.
  ///   - isAncient: whether structs have the first release's sizes, or today's.
  init?(_ path: String, isAncient: Bool = true) {
    guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE),
      let symbol = dlsym(library, "qhost_plugin_entry_v1")
    else { return nil }
    entry = unsafeBitCast(symbol, to: type(of: entry))
    self.isAncient = isAncient
    memory = .allocate(byteCount: 1 << 16, alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0xFF, count: 1 << 16)
  }

  deinit { memory.deallocate() }

  /// A struct at an address, of the size that this host compiled.
  func stored<Struct: SizedStruct>(_ value: Struct) -> UnsafeMutablePointer<Struct> {
    let size = isAncient ? Struct.firstSize : MemoryLayout<Struct>.size
    let place = memory + used
    used += 512
    var value = value
    value.struct_size = UInt32(size)
    withUnsafeBytes(of: &value) { bytes in
      UnsafeMutableRawBufferPointer(start: place, count: size).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: bytes.prefix(size)))
    }
    return place.assumingMemoryBound(to: Struct.self)
  }

  /// Whether nothing beyond a struct was changed.
  func isUntouched<Struct: SizedStruct>(_ place: UnsafeMutablePointer<Struct>) -> Bool {
    let size = isAncient ? Struct.firstSize : MemoryLayout<Struct>.size
    let bytes = UnsafeRawBufferPointer(start: UnsafeRawPointer(place) + size, count: 512 - size)
    return bytes.allSatisfy { $0 == 0xFF }
  }

  /// Calls the entry as a host of a version.
  func enter(major: UInt32 = 1, minor: UInt32 = 0) -> (UnsafePointer<qhost_plugin>?, String) {
    let text = UnsafeMutablePointer<CChar>.allocate(capacity: 256)
    defer { text.deallocate() }
    text.initialize(repeating: 0, count: 256)
    var error = qhost_error.sized()
    error.message = text
    error.capacity = 256
    let table = entry(host(major: major, minor: minor), &error)
    return (table, String(cString: text))
  }

  /// The host's table, with random numbers that are the same every time.
  func host(major: UInt32 = 1, minor: UInt32 = 0) -> UnsafeMutablePointer<qhost_host> {
    var host = qhost_host.sized()
    host.abi_major = major
    host.abi_minor = minor
    host.thread_count = 1
    host.random_uniform = { _, step, index, count, out in
      for i in 0..<count { out?[Int(i)] = AncientHost.uniform(step &* 7919 &+ index, i) }
    }
    host.random_normal = { _, step, index, count, out in
      // Twelve uniform numbers are nearly normal.
      for i in 0..<count {
        let sum = (0..<12).reduce(0.0) {
          $0 + AncientHost.uniform(step &* 104729 &+ index, i &* 12 &+ $1)
        }
        out?[Int(i)] = sum - 6
      }
    }
    return stored(host)
  }

  private static func uniform(_ a: UInt64, _ b: UInt64) -> Double {
    var z = a &* 0x9E37_79B9_7F4A_7C15 &+ b &* 0xD1B5_4A32_D192_ED03
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }
}
