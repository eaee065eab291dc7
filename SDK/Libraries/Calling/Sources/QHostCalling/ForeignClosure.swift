internal import Cffi

/// A Swift closure as a function of C, made when the program runs, to be given to foreign code.
///
/// Nothing may unwind through foreign code. An error that the body throws is kept in ``failure``, the
/// caller gets `onFailure`, and so it does at every further call, without the body; ask the foreign
/// code by its own means to return, and throw the error after it has.
///
/// One thread at a time may call it. It must outlive its use by foreign code.
public final class ForeignClosure {
  /// The arguments of one call; valid until the body returns.
  public struct Arguments {
    let types: [CType]
    let slots: UnsafeMutablePointer<UnsafeMutableRawPointer?>

    /// The argument at a place, from 0.
    public subscript(place: Int) -> CValue {
      precondition(types.indices.contains(place), "there is no argument \(place)")
      guard let slot = slots[place] else { return .void }
      return CValue(types[place], argument: slot)
    }
  }

  /// What to do at a call.
  public typealias Body = (Arguments) throws -> CValue

  /// The address of the function.
  public let address: UnsafeMutableRawPointer
  /// The error that the body threw.
  public private(set) var failure: (any Error)?

  private let memory: UnsafeMutableRawPointer
  private let interface: CallInterface
  private let onFailure: CValue
  private let body: Body

  /// Makes a function.
  ///
  /// - Parameters:
  ///   - signature: what foreign code gives and expects.
  ///   - onFailure: what is returned once the body has thrown; of the signature's result type.
  ///   - body: returns a value of the signature's result type.
  /// - Throws: ``CallError/unsupported(_:)`` or ``CallError/closureMemory``.
  public init(
    _ signature: Signature, onFailure: CValue, body: @escaping Body
  ) throws(CallError) {
    precondition(
      onFailure.type == signature.result,
      "a function of type \(signature) cannot return a \(onFailure.type)")
    interface = try CallInterface(signature)
    var code: UnsafeMutableRawPointer?
    guard let memory = qhost_ffi_closure_alloc(&code), let code else { throw .closureMemory }
    self.memory = memory
    address = code
    self.onFailure = onFailure
    self.body = body
    let context = Unmanaged.passUnretained(self).toOpaque()
    let status = qhost_ffi_closure_prepare(
      memory, interface.pointer,
      { _, result, slots, context in
        guard let result, let slots, let context else { return }
        Unmanaged<ForeignClosure>.fromOpaque(context).takeUnretainedValue()
          .answer(slots, result)
      }, context, code)
    guard status == FFI_OK else { throw .unsupported(signature) }
  }

  deinit { ffi_closure_free(memory) }

  private func answer(
    _ slots: UnsafeMutablePointer<UnsafeMutableRawPointer?>,
    _ result: UnsafeMutableRawPointer
  ) {
    var value = onFailure
    if failure == nil {
      do {
        value = try body(Arguments(types: interface.signature.arguments, slots: slots))
      } catch {
        failure = error
      }
    }
    precondition(
      value.type == interface.signature.result,
      "a function of type \(interface.signature) returned a \(value.type)")
    value.storeResult(to: result)
  }
}
