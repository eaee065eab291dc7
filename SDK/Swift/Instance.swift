internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// What a C instance pointer stands for: a Swift object, and memory that C may read between calls.
class Instance {
  /// The component in Swift, which may conform to protocols of capabilities; `nil` for a session.
  var component: AnyObject? { nil }
  /// The figures that it was last asked for.
  var figureArena = Arena()
  /// The documents that it was last asked for.
  var documentArena = Arena()
  /// The metrics that it was asked for.
  var metricArena = Arena()
  /// Numbers in one input and in one output of a dataset or a model.
  var rowWidths: (input: Int, output: Int) { (0, 0) }

  /// Gives C a pointer to this object, which it holds until ``destroy(_:)``.
  func handOver(to pointer: UnsafeMutablePointer<UnsafeMutableRawPointer?>?) {
    pointer?.pointee = Unmanaged.passRetained(self).toOpaque()
  }

  /// The object behind a C pointer.
  @inline(__always)
  static func at(_ pointer: UnsafeMutableRawPointer?) -> Self {
    guard let pointer else { preconditionFailure("the host passed NULL for an instance") }
    return Unmanaged<Self>.fromOpaque(pointer).takeUnretainedValue()
  }

  /// Ends the object behind a C pointer.
  static func destroy(_ pointer: UnsafeMutableRawPointer?) {
    guard let pointer else { return }
    Unmanaged<Instance>.fromOpaque(pointer).release()
  }
}

/// Runs the body of an exported function; what it throws becomes a status and a message.
@inline(__always)
func reporting(
  to error: UnsafeMutablePointer<qhost_error>?, _ body: () throws(ComponentError) -> Void
) -> qhost_status {
  do throws(ComponentError) {
    try body()
    return QHOST_OK
  } catch let failure {
    return error.report(failure)
  }
}

/// The instance that a component's factory makes of a request.
func make<Input, Made>(
  _ request: UnsafePointer<qhost_request>?, _ input: Input, as type: Made.Type
) throws(ComponentError) -> Made {
  guard let component = request?.pointee.component, let context = component.pointee.context else {
    throw ComponentError("the host gave a create function no component")
  }
  let factory = Unmanaged<Factory<Input, Made>>.fromOpaque(context).takeUnretainedValue()
  let known = try factory.known(component)
  var made = try ComponentRequest(
    reading: request, descriptor: known.descriptor, isWrapping: known.has(.inner))
  if known.has(.inner) { try made.takeInnerModels(of: known.descriptor) }
  return try factory.make(made, input)
}
