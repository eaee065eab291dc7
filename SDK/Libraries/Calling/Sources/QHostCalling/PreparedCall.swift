internal import Cffi

/// A call of a foreign function whose arguments stay where they are, for calls that are made many times.
///
/// Nothing is allocated or checked in a call. One thread at a time may use it.
public final class PreparedCall {
  private let function: ForeignFunction
  private let slots: UnsafeMutableRawPointer
  private let pointers: UnsafeMutablePointer<UnsafeMutableRawPointer?>

  /// Prepares calls of a function, all arguments 0.
  public init(_ function: ForeignFunction) {
    self.function = function
    let count = function.signature.arguments.count
    // The result's slot comes first.
    slots = .allocate(byteCount: (count + 1) * CValue.slotSize, alignment: CValue.slotSize)
    slots.initializeMemory(as: UInt64.self, repeating: 0, count: count + 1)
    pointers = .allocate(capacity: max(count, 1))
    for place in 0..<count {
      (pointers + place).initialize(to: slots + (place + 1) * CValue.slotSize)
    }
  }

  deinit {
    slots.deallocate()
    pointers.deallocate()
  }

  /// Sets an argument of any type.
  ///
  /// - Parameters:
  ///   - place: of the argument, from 0.
  ///   - value: of the type that the signature has there; another one is a programmer's mistake.
  public func set(_ place: Int, to value: CValue) {
    precondition(
      function.signature.arguments[place] == value.type,
      "argument \(place) of \(function.signature) was set to a \(value.type)")
    value.store(to: slots + (place + 1) * CValue.slotSize)
  }

  /// Sets an argument of type `double`.
  ///
  /// - Parameters:
  ///   - place: of the argument, from 0; not checked.
  ///   - value: the argument.
  @inline(__always)
  public func set(_ place: Int, toDouble value: Double) {
    slots.storeBytes(of: value, toByteOffset: (place + 1) * CValue.slotSize, as: Double.self)
  }

  /// Sets an argument that is an address.
  ///
  /// - Parameters:
  ///   - place: of the argument, from 0; not checked.
  ///   - value: the address; `nil`: NULL.
  @inline(__always)
  public func set(_ place: Int, toAddress value: UnsafeMutableRawPointer?) {
    slots.storeBytes(
      of: value, toByteOffset: (place + 1) * CValue.slotSize,
      as: UnsafeMutableRawPointer?.self)
  }

  /// Calls.
  public func call() { function.call(result: slots, arguments: pointers) }

  /// What the last call returned.
  public var result: CValue { CValue(function.signature.result, result: slots) }

  /// What the last call of a function of type `double` returned.
  @inline(__always)
  public var double: Double { slots.load(as: Double.self) }
}
