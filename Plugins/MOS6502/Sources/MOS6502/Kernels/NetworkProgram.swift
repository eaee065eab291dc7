/// The machine code of a network, and where its parts are.
public struct NetworkProgram: Sendable {
  /// The program as text.
  public let source: Program
  /// The machine code: a subroutine `infer` that leaves the class in A.
  public let code: AssembledProgram
  /// The kernel of each layer.
  public let kernels: [LayerKernel]
  /// What is subtracted from a stored output, 16 bits, to get its value.
  public let outputZero: Int
  /// The number of outputs.
  public let outputCount: Int

  /// The address of a name.
  public func address(_ name: String) -> UInt16 {
    guard let value = code.symbols[name] else { preconditionFailure("no '\(name)' in the code") }
    return UInt16(value)
  }

  /// The label where a layer's code begins; that of the layer behind the last is where all ends.
  public static func layerLabel(_ index: Int) -> String { "layer\(index)" }
}
