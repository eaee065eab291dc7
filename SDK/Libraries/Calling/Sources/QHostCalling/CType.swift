internal import Cffi

/// A type of C that a foreign function takes or returns.
///
/// `int` is ``int32`` and `size_t` is ``uint64`` on the machines that qhost runs on. Structs by value
/// and variable numbers of arguments are left out.
public enum CType: Sendable, Hashable {
  /// `void`; a result only.
  case void
  /// `int8_t`.
  case int8
  /// `uint8_t`.
  case uint8
  /// `int16_t`.
  case int16
  /// `uint16_t`.
  case uint16
  /// `int32_t`.
  case int32
  /// `uint32_t`.
  case uint32
  /// `int64_t`.
  case int64
  /// `uint64_t`.
  case uint64
  /// `float`.
  case float
  /// `double`.
  case double
  /// A pointer to anything.
  case pointer

  var description: UnsafeMutablePointer<ffi_type> {
    switch self {
    case .void: qhost_ffi_void()
    case .int8: qhost_ffi_int8()
    case .uint8: qhost_ffi_uint8()
    case .int16: qhost_ffi_int16()
    case .uint16: qhost_ffi_uint16()
    case .int32: qhost_ffi_int32()
    case .uint32: qhost_ffi_uint32()
    case .int64: qhost_ffi_int64()
    case .uint64: qhost_ffi_uint64()
    case .float: qhost_ffi_float()
    case .double: qhost_ffi_double()
    case .pointer: qhost_ffi_pointer()
    }
  }
}
