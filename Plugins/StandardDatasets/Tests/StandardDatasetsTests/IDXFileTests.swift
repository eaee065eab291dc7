import QHostInterfaces
import QHostTesting
import StandardDatasets
import Testing

@Suite("Damaged IDX files")
struct IDXFileTests {
  private static let images = "mnist/train-images-idx3-ubyte"
  private static let labels = "mnist/train-labels-idx1-ubyte"

  /// What is wrong with a file, and what the message must say.
  struct Damage: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let file: String
    let bytes: [UInt8]
    let expected: String
  }

  private static let pixels = Array(repeating: UInt8(7), count: 6 * 784)

  static let damages: [Damage] = [
    Damage(
      testDescription: "an empty file", file: images, bytes: [], expected: "has 0 bytes, fewer"),
    Damage(
      testDescription: "a cut-off header", file: images, bytes: [0, 0, 8, 3, 0, 0],
      expected: "has 6 bytes, fewer"),
    Damage(
      testDescription: "labels instead of images", file: images,
      bytes: idx([6], [0, 1, 2, 3, 4, 5]) + Array(repeating: 0, count: 20),
      expected: "begins with 0x00000801, not with 0x00000803"),
    Damage(
      testDescription: "cut-off data", file: images,
      bytes: idx([6, 28, 28], Array(pixels.dropLast())),
      expected: "announces 6 x 28 x 28 bytes of data and holds 4703"),
    Damage(
      testDescription: "data beyond the end", file: images, bytes: idx([6, 28, 28], pixels + [0]),
      expected: "and holds 4705"),
    Damage(
      testDescription: "an impossible size", file: images,
      bytes: idx([0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF], pixels), expected: "announces 4294967295"),
    Damage(
      testDescription: "images of another size", file: images,
      bytes: idx([6, 14, 56], pixels), expected: "images of 14x56 pixels, not 28x28"),
    Damage(
      testDescription: "no image", file: images, bytes: idx([0, 28, 28], []),
      expected: "holds no image"),
    Damage(
      testDescription: "labels of another set", file: labels, bytes: idx([5], [0, 1, 2, 3, 4]),
      expected: "holds 5 labels"),
    Damage(
      testDescription: "a label that is not a digit", file: labels,
      bytes: idx([6], [0, 1, 2, 3, 4, 10]), expected: "label 10 in row 5"),
    Damage(
      testDescription: "cut-off gzip", file: images,
      bytes: Array(gzip(idx([6, 28, 28], pixels)).dropLast(100)), expected: "cannot be read"),
    Damage(
      testDescription: "gzip that ends in its data", file: images,
      bytes: Array(gzip(idx([6, 28, 28], pixels)).prefix(2000)), expected: "cannot be read"),
    Damage(
      testDescription: "gzip with a flipped bit", file: images,
      bytes: flipped(gzip(idx([6, 28, 28], pixels)), at: 3000), expected: "incorrect data check"),
  ]

  private static func flipped(_ bytes: [UInt8], at place: Int) -> [UInt8] {
    var bytes = bytes
    bytes[place] ^= 16
    return bytes
  }

  @Test("A damaged file is named, with what is wrong and what to do", arguments: damages)
  func damage(_ damage: Damage) throws {
    let folder = try DataFolder()
    try folder.writeMNIST()
    let path = try folder.write(damage.file, damage.bytes)
    let error = try #require(
      failure { _ = try MNIST(request: request(for: MNIST.descriptor, host: folder)) })
    #expect(error.kind == .data)
    #expect(error.message.contains(path))
    #expect(error.message.contains(damage.expected), "\(error.message)")
    #expect(error.message.contains("qhost data fetch mnist"))
  }

  @Test("An absent file is named, with how to fetch it")
  func absent() throws {
    let folder = try DataFolder()
    let error = failure { _ = try MNIST(request: request(for: MNIST.descriptor, host: folder)) }
    #expect(error?.kind == .data)
    #expect(error?.message.contains("train-images-idx3-ubyte.gz") == true)
    #expect(error?.message.contains(folder.path) == true)
    #expect(error?.message.contains("qhost data fetch mnist") == true)
  }
}
