/// The 65,536 bytes that a processor sees: memory everywhere, no devices.
public final class Memory: @unchecked Sendable {
  /// The number of bytes.
  public static let byteCount = 0x10000

  let bytes: UnsafeMutablePointer<UInt8>

  /// Makes a memory of zeros.
  public init() {
    bytes = .allocate(capacity: Self.byteCount)
    bytes.initialize(repeating: 0, count: Self.byteCount)
  }

  deinit { bytes.deallocate() }

  /// The byte at an address.
  public subscript(address: UInt16) -> UInt8 {
    get { bytes[Int(address)] }
    set { bytes[Int(address)] = newValue }
  }

  /// Copies bytes to an address and those that follow; they must end at $FFFF or before.
  public func load(_ image: some Collection<UInt8>, at address: Int) {
    precondition(
      address >= 0 && address + image.count <= Self.byteCount,
      "\(image.count) bytes at \(address) go beyond $FFFF")
    for (offset, byte) in image.enumerated() { bytes[address + offset] = byte }
  }
}
