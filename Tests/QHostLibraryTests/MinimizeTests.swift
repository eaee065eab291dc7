import CLibQHost
import Foundation
import QHostLibrary
import Testing

/// The library as a program in C calls it; the tests of the Python package have the rest.
@Suite("libqhost")
struct MinimizeTests {
  /// A bowl in two variables around (1, −2), and how often it was called.
  private final class Bowl {
    var calls = 0
    var fails = false

    var function: libqhost_function {
      libqhost_function(
        struct_size: UInt64(MemoryLayout<libqhost_function>.size),
        context: Unmanaged.passUnretained(self).toOpaque(),
        losses: { context, points, count, losses, _ in
          guard let context, let points, let losses else { return LIBQHOST_FAIL }
          let bowl = Unmanaged<Bowl>.fromOpaque(context).takeUnretainedValue()
          bowl.calls += Int(count)
          for place in 0..<Int(count) {
            let (x, y) = (points[2 * place] - 1, points[2 * place + 1] + 2)
            losses[place] = x * x + y * y
          }
          return bowl.fails ? LIBQHOST_FAIL : LIBQHOST_GO_ON
        }, gradient: nil, has_violations: 0, reserved: 0)
    }

    /// Searches it; gives the status, the point and what the library said.
    func search(_ request: String, start: [Double] = [4, 4]) -> (Int32, [Double], String) {
      var function = function
      var point = [0.0, 0.0]
      var json: UnsafeMutablePointer<CChar>?
      let lower = [-5.0, -5.0]
      let upper = [5.0, 5.0]
      let status = start.withUnsafeBufferPointer { start in
        lower.withUnsafeBufferPointer { lower in
          upper.withUnsafeBufferPointer { upper in
            var space = libqhost_space(
              struct_size: UInt64(MemoryLayout<libqhost_space>.size),
              variable_count: Int64(start.count), initial: start.baseAddress,
              lower: lower.baseAddress, upper: upper.baseAddress, kinds: nil, scales: nil)
            return libqhost_minimize(&function, &space, request, nil, &point, &json)
          }
        }
      }
      defer { libqhost_free(json) }
      return (status, point, json.map { String(cString: $0) } ?? "")
    }
  }

  /// The sentence of this thread's last failure.
  private var sentence: String { libqhost_error().map { String(cString: $0) } ?? "" }

  @Test("A function of the caller's is minimised within its budget")
  func bowl() throws {
    let bowl = Bowl()
    let (status, point, json) = bowl.search(
      #"{"optimizer": "cma-es", "max_evaluations": 700}"#)
    #expect(status == LIBQHOST_OK, "\(sentence)")
    #expect(bowl.calls == 700)
    #expect(abs(point[0] - 1) < 0.01 && abs(point[1] + 2) < 0.01)
    #expect(json.contains(#""evaluations":700"#))
    #expect(json.contains(#""name":"cma-es""#))
  }

  @Test("What cannot be is a status and a sentence")
  func refusals() {
    let bowl = Bowl()
    #expect(bowl.search("{}", start: [9, 0]).0 == LIBQHOST_USAGE)
    #expect(sentence.contains("variable 0"))
    #expect(bowl.search(#"{"optimizer": "cma-se"}"#).0 == LIBQHOST_USAGE)
    #expect(sentence.contains("cma-es"))
    #expect(bowl.search("no JSON").0 == LIBQHOST_USAGE)
    #expect(bowl.search("{}").0 == LIBQHOST_USAGE)
    #expect(sentence.contains("names no optimizer"))
    #expect(bowl.search(#"{"optimizer": "random", "max_evals": 9}"#).0 == LIBQHOST_USAGE)
    #expect(sentence.contains("no key 'max_evals'"))
    #expect(bowl.calls == 0)
    bowl.fails = true
    #expect(bowl.search(#"{"optimizer": "random"}"#).0 == LIBQHOST_PLUGIN)
    #expect(sentence.contains("evaluation 1"))
  }

  @Test("The catalogue has what was found, and nothing of the library's own")
  func catalogue() {
    var json: UnsafeMutablePointer<CChar>?
    #expect(libqhost_catalogue(&json) == LIBQHOST_OK, "\(sentence)")
    let text = json.map { String(cString: $0) } ?? ""
    libqhost_free(json)
    #expect(text.contains(#""name":"tunneling""#))
    #expect(!text.contains("called-function"))
  }

  @Test("A model is trained on rows in memory, read again and predicts the same")
  func models() throws {
    let inputs: [Float] = (0..<80).map { Float($0 % 20) / 10 - 1 }
    let targets: [Float] = stride(from: 0, to: 80, by: 2).map { inputs[$0] > 0 ? 1 : 0 }
    var model: OpaquePointer?
    var record: UnsafeMutablePointer<CChar>?
    let extents: [Int64] = [2]
    let status = inputs.withUnsafeBufferPointer { inputs in
      targets.withUnsafeBufferPointer { targets in
        extents.withUnsafeBufferPointer { extents in
          var data = libqhost_data()
          data.struct_size = UInt64(MemoryLayout<libqhost_data>.size)
          data.is_classification = 1
          data.extent_count = 1
          data.extents = extents.baseAddress
          data.output_count = 2
          data.train = libqhost_rows(
            inputs: inputs.baseAddress, targets: targets.baseAddress, row_count: 40)
          return libqhost_fit(
            &data, #"{"optimizer": "tunneling", "model": "mlp", "max_forward_equivalents": 300}"#,
            nil, nil, nil, &model,
            &record)
        }
      }
    }
    #expect(status == LIBQHOST_OK, "\(sentence)")
    #expect(record.map { String(cString: $0) }?.contains("qhost.run/2") == true)
    libqhost_free(record)
    let held = try #require(model)
    defer { libqhost_model_free(held) }
    var bytes: UnsafeMutablePointer<UInt8>?
    var count: UInt64 = 0
    #expect(libqhost_model_bytes(held, &bytes, &count) == LIBQHOST_OK)
    defer { libqhost_free(bytes) }
    var again: OpaquePointer?
    #expect(libqhost_model_read(bytes, count, &again) == LIBQHOST_OK)
    defer { libqhost_model_free(again) }
    var classes = [[Int32](repeating: -1, count: 40), [Int32](repeating: -2, count: 40)]
    var values = [Float](repeating: 0, count: 80)
    for (place, one) in [held, again].enumerated() {
      #expect(libqhost_model_predict(one, inputs, 40, &values, &classes[place]) == LIBQHOST_OK)
    }
    #expect(classes[0] == classes[1])
    let right = zip(classes[0], targets).filter { Float($0) == $1 }.count
    #expect(right >= 36)
  }
}
