import CLibQHost
import Glibc
import QHostRuntime

/// What a function of the library returns: 0, or what went wrong, with its sentence kept for the thread.
func status(of body: () throws -> Void) -> Int32 {
  do {
    try body()
    return LIBQHOST_OK
  } catch let error as RunError {
    libqhost_set_error(error.message)
    return error.kind.rawValue
  } catch {
    libqhost_set_error("\(error)")
    return LIBQHOST_PLUGIN
  }
}

/// Hands a text out, which the caller frees.
func handOut(_ text: String, to place: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) {
  place?.pointee = strdup(text)
}

/// A word of the caller's.
///
/// - Throws: kind `usage` where there is none.
func word(_ text: UnsafePointer<CChar>?, _ what: String) throws(RunError) -> String {
  guard let text else { throw RunError(.usage, "\(what) is missing; give it") }
  return String(cString: text)
}

/// The request to stop behind a handle; one that nobody makes where there is none.
func cancellation(_ stop: OpaquePointer?) -> Cancellation {
  guard let stop else { return Cancellation() }
  return Unmanaged<Cancellation>.fromOpaque(UnsafeRawPointer(stop)).takeUnretainedValue()
}
