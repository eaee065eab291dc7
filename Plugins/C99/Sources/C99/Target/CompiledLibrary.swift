#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
internal import QHostInterfaces

/// A network's code, loaded into this process.
final class CompiledLibrary {
  private typealias Infer =
    @convention(c) (UnsafePointer<Float>, UnsafeMutablePointer<Float>) ->
    Void

  private let handle: UnsafeMutableRawPointer
  private let infer: Infer

  /// Loads a library; its file is not needed any more then.
  init(path: String, name: String) throws(ComponentError) {
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL),
      let symbol = dlsym(handle, "\(name)_infer")
    else {
      let reason = dlerror().map { String(cString: $0) } ?? "it lacks \(name)_infer"
      throw ComponentError(
        "what the compiler made cannot be loaded: \(reason); set target.compiler to another")
    }
    self.handle = handle
    infer = unsafeBitCast(symbol, to: Infer.self)
  }

  deinit { dlclose(handle) }

  /// Computes outputs [B × C] of inputs [B × F].
  func run(
    _ inputs: [Float], rowCount: Int, inputCount: Int, outputCount: Int, into outputs: inout [Float]
  ) {
    inputs.withUnsafeBufferPointer { inputs in
      outputs.withUnsafeMutableBufferPointer { outputs in
        guard let input = inputs.baseAddress, let output = outputs.baseAddress else { return }
        for row in 0..<rowCount { infer(input + row * inputCount, output + row * outputCount) }
      }
    }
  }
}
