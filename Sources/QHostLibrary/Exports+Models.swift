import CLibQHost
import Glibc
import QHostRuntime

/// See `libqhost.h`.
@c @implementation
public func libqhost_model_read(
  _ bytes: UnsafePointer<UInt8>?, _ count: UInt64,
  _ model: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  status {
    let held = try HeldModel(Array(UnsafeBufferPointer(start: bytes, count: Int(count))))
    model?.pointee = handle(held)
  }
}

/// See `libqhost.h`.
@c @implementation
public func libqhost_model_bytes(
  _ model: OpaquePointer?, _ bytes: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?,
  _ count: UnsafeMutablePointer<UInt64>?
) -> Int32 {
  status {
    let held = try held(model)
    guard let memory = malloc(max(1, held.bytes.count)) else {
      throw RunError(.data, "there is no memory for the \(held.bytes.count) bytes of the model")
    }
    held.bytes.withUnsafeBytes { all in
      if let from = all.baseAddress { memory.copyMemory(from: from, byteCount: all.count) }
    }
    bytes?.pointee = memory.assumingMemoryBound(to: UInt8.self)
    count?.pointee = UInt64(held.bytes.count)
  }
}

/// See `libqhost.h`.
@c @implementation
public func libqhost_model_describe(
  _ model: OpaquePointer?, _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  status { handOut(try JSONText.of(HeldModelText(try held(model).file.description)), to: json) }
}

/// See `libqhost.h`.
@c @implementation
public func libqhost_model_predict(
  _ model: OpaquePointer?, _ inputs: UnsafePointer<Float>?, _ row_count: Int64,
  _ values: UnsafeMutablePointer<Float>?, _ classes: UnsafeMutablePointer<Int32>?
) -> Int32 {
  status {
    let held = try held(model)
    guard row_count > 0 else { return }
    guard let inputs, let values else {
      throw RunError(.usage, "there are no rows to predict, or no place for the values; give both")
    }
    try held.predict(inputs, count: Int(row_count), values: values, classes: classes)
  }
}

/// See `libqhost.h`.
@c @implementation
public func libqhost_model_free(_ model: OpaquePointer?) {
  guard let model else { return }
  Unmanaged<HeldModel>.fromOpaque(UnsafeRawPointer(model)).release()
}

/// Hands a model to the caller.
func handle(_ model: HeldModel) -> OpaquePointer {
  OpaquePointer(Unmanaged.passRetained(model).toOpaque())
}

private func held(_ model: OpaquePointer?) throws(RunError) -> HeldModel {
  guard let model else { throw RunError(.usage, "there is no model; read or train one") }
  return Unmanaged<HeldModel>.fromOpaque(UnsafeRawPointer(model)).takeUnretainedValue()
}
