internal import Cffi

/// A signature as libffi has prepared it: how the machine passes its arguments.
///
/// It does not change after it is made, so that any number of threads may call through it.
final class CallInterface: @unchecked Sendable {
  let signature: Signature
  let pointer: UnsafeMutablePointer<ffi_cif>
  private let types: UnsafeMutablePointer<UnsafeMutablePointer<ffi_type>?>

  /// Prepares a signature.
  ///
  /// - Throws: ``CallError/unsupported(_:)`` when libffi cannot pass it, as with an argument of type void.
  init(_ signature: Signature) throws(CallError) {
    self.signature = signature
    let count = signature.arguments.count
    pointer = .allocate(capacity: 1)
    pointer.initialize(to: ffi_cif())
    types = .allocate(capacity: max(count, 1))
    for (place, type) in signature.arguments.enumerated() {
      (types + place).initialize(to: type.description)
    }
    // libffi does not refuse void arguments on every machine.
    guard !signature.arguments.contains(.void),
      ffi_prep_cif(
        pointer, FFI_DEFAULT_ABI, UInt32(count), signature.result.description, types) == FFI_OK
    else { throw .unsupported(signature) }
  }

  deinit {
    pointer.deallocate()
    types.deallocate()
  }
}
