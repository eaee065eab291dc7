import Foundation
import Testing

/// The figures of a run that do not depend on the clock, nor on where its files are.
struct RecordedFigures: Equatable {
  let metrics: NSDictionary
  let evaluations: Int

  init(_ json: String) throws {
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    metrics = try #require(object?["metrics"] as? NSDictionary)
    let cost = try #require(object?["cost"] as? [String: Any])
    evaluations = try #require(cost["loss_evaluations"] as? Int)
  }
}
