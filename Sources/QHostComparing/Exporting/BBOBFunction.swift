internal import QHostRuntime

/// A function of COCO's suite `bbob` that runs were made on.
///
/// A dataset is recognised by what its parameters say, whatever it is called: `function`, `dimension`, `shifted`
/// and `rotated`. Those that are here are the suite's to the formula, with the least value 0 for the suite's
/// f_opt; their bounds and instances are not. Most functions that have a name in common with one of the suite,
/// such as Rastrigin's, are bent or stretched there, and are not here. Source: N. Hansen et al.,
/// *Real-parameter black-box optimization benchmarking: noiseless functions definitions*, INRIA RR-6829, f1, f8, f9.
struct BBOBFunction: Hashable {
  /// The suite's number.
  let id: Int
  /// The dimension.
  let dimension: Int

  /// Why a run has no place in the suite.
  struct Mismatch: Error {
    let reason: String
  }

  /// Up to this dimension the suite's factor max(1, √n/8) on Rosenbrock's functions is 1.
  private static let unscaledDimension = 64

  /// The function of a run.
  init(_ run: CellResult) throws(Mismatch) {
    let parameters = run.run.dataset.parameters
    guard case .text(let name) = parameters["function"],
      case .whole(let extent) = parameters["dimension"]
    else { throw Mismatch(reason: "it is not a test function") }
    guard run.run.model.parameterCount == extent else {
      throw Mismatch(reason: "its model's parameters are not the function's")
    }
    guard parameters["shifted"] == .truth(true) else {
      throw Mismatch(reason: "the suite's functions are shifted; set shifted=true")
    }
    let isRotated = parameters["rotated"] == .truth(true)
    dimension = extent
    switch name {
    case "sphere": id = 1
    case "rosenbrock":
      guard dimension <= Self.unscaledDimension else {
        throw Mismatch(
          reason: "the suite stretches it from \(Self.unscaledDimension + 1) dimensions on")
      }
      id = isRotated ? 9 : 8
    default:
      throw Mismatch(reason: "'\(name)' is not in the suite, or is another function there")
    }
  }
}
