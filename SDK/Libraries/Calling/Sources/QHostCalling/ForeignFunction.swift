internal import Cffi

/// A function of C that was found by name when the program ran.
///
/// It may be called from any thread from which the library allows it.
public struct ForeignFunction: @unchecked Sendable {
  /// What it takes and returns.
  public var signature: Signature { interface.signature }

  private let address: UnsafeMutableRawPointer
  private let interface: CallInterface

  /// Prepares calls of the function at an address.
  ///
  /// - Parameters:
  ///   - address: where its code begins.
  ///   - signature: what it takes and returns; a wrong one is undefined behaviour.
  /// - Throws: ``CallError/unsupported(_:)``.
  public init(
    at address: UnsafeMutableRawPointer, _ signature: Signature
  ) throws(CallError) {
    self.address = address
    interface = try CallInterface(signature)
  }

  /// Calls it; arguments of other types than those of the signature are a programmer's mistake.
  @discardableResult
  public func callAsFunction(_ arguments: CValue...) -> CValue {
    precondition(
      arguments.count == signature.arguments.count
        && zip(arguments, signature.arguments).allSatisfy { $0.type == $1 },
      "a function of type \(signature) was called with (\(arguments.map { "\($0.type)" }))")
    let size = CValue.slotSize
    // The result's slot comes first.
    return withUnsafeTemporaryAllocation(
      byteCount: (arguments.count + 1) * size, alignment: size
    ) { slots in
      withUnsafeTemporaryAllocation(
        of: UnsafeMutableRawPointer?.self, capacity: max(arguments.count, 1)
      ) { pointers in
        guard let result = slots.baseAddress else { return .void }
        result.storeBytes(of: 0, as: UInt64.self)
        for (place, argument) in arguments.enumerated() {
          let slot = result + (place + 1) * size
          argument.store(to: slot)
          pointers.initializeElement(at: place, to: slot)
        }
        qhost_ffi_call(interface.pointer, address, result, pointers.baseAddress)
        return CValue(signature.result, result: result)
      }
    }
  }

  /// Calls it with arguments in memory, each in a slot of its own.
  func call(
    result: UnsafeMutableRawPointer, arguments: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  ) {
    qhost_ffi_call(interface.pointer, address, result, arguments)
  }
}
