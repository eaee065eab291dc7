import Foundation

/// What Sionna 2.2.0 and CRRM 2.0.2 say, as `Fixtures/make.py` recorded it.
struct Recorded: Decodable {
  struct Loss: Decodable {
    var scenario: String
    var carrierGHz: Double
    var baseHeight: Double
    var userHeight: Double
    var distance: Double
    var isLineOfSight: Bool
    var sionna: Double
    var crrm: Double
  }

  struct Block: Decodable {
    var table: Int
    var index: Int
    var bitsPerSymbol: Int
    var rateTimes1024: Double
    var resourceBlockCount: Int
    var layerCount: Int
    var size: Int
    var codeBlockSize: Int
    var codeBlockCount: Int
  }

  struct Gain: Decodable {
    var zenith: Double
    var azimuth: Double
    var gain: Double
  }

  struct Map: Decodable {
    var isLineOfSight: Bool
    var carrierGHz: Double
    var powerWatts: Double
    var noiseWatts: Double
    var sites: [[Double]]
    var users: [[Double]]
    var ratios: [Double]
  }

  struct Profile: Decodable {
    var name: String
    var delays: [Double]
    var powers: [Double]
  }

  struct Sites: Decodable {
    var rings: Int
    var siteDistance: Double
    var places: [[Double]]
  }

  var losses: [Loss]
  var blocks: [Block]
  var gains: [Gain]
  var maps: [Map]
  var profiles: [Profile]
  var sites: [Sites]

  static func read() throws -> Recorded {
    try JSONDecoder().decode(Recorded.self, from: data("packages.json"))
  }

  static func data(_ name: String) throws -> Data {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return try Data(
      contentsOf: folder.deletingLastPathComponent().appending(path: "Fixtures/\(name)"))
  }
}

/// Where a curve of Sionna's tables crosses 10 %.
struct RecordedPoint: Decodable {
  var table: Int
  var index: Int
  var blockSize: Int
  var below: Double
  var above: Double
  var point: Double

  static func read() throws -> [RecordedPoint] {
    try JSONDecoder().decode([RecordedPoint].self, from: Recorded.data("errors.json"))
  }
}

/// Whether numbers are the same to so many decimals.
func agrees(_ value: Double, _ printed: Double, decimals: Int) -> Bool {
  abs(value - printed) <= 0.5000001 * pow(10, -Double(decimals))
}
