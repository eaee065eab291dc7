import QHostDatasets
import QHostInterfaces

/// Height and width of an image in pixels.
struct ImageSize: Sendable, Equatable {
  var height: Int
  var width: Int

  var pixelCount: Int { height * width }
  /// Where 2×2 pixels become one.
  var halved: ImageSize { ImageSize(height: height / 2, width: width / 2) }
}

/// The folder of four IDX files: MNIST's own, which must be as it was published, or that of another set.
struct MNISTFiles {
  /// Where MNIST is, within the data folders.
  static let standardFolder = "mnist"
  /// The size of MNIST's images.
  static let standardSize = ImageSize(height: 28, width: 28)
  /// The number of MNIST's classes.
  static let standardClassCount = 10

  /// As the user gave it.
  let folder: String
  private let host: any HostServices

  init(_ folder: String, host: any HostServices) {
    self.folder = folder
    self.host = host
  }

  /// Whether it is MNIST's own folder.
  var isStandard: Bool { folder == Self.standardFolder }

  /// What the user should do when a file is not a good.
  var remedy: String {
    isStandard
      ? "fetch it again with 'qhost data fetch mnist'"
      : "set folder to one with IDX files of images and labels, as MNIST has them"
  }

  /// The packed file, or else the unpacked one.
  func locate(_ name: String) throws(ComponentError) -> String {
    let path = folder + "/" + name
    if !isStandard {
      let direct = FileBytes.expanded(path)
      for file in [direct + ".gz", direct] where FileBytes.exists(file) { return file }
    }
    do {
      return try host.locateData(path + ".gz")
    } catch {
      if let unpacked = try? host.locateData(path) { return unpacked }
      guard isStandard else {
        throw .data(
          "'\(path)' does not exist, packed (.gz) or not, neither from the current folder nor in the "
            + "data folders; \(remedy)")
      }
      throw .data("\(error.message) (fetch it with 'qhost data fetch mnist')")
    }
  }

  /// Refuses test images of another size than the training images.
  func checkBelongTogether(_ train: MNISTPart, _ test: MNISTPart) throws(ComponentError) {
    guard train.size == test.size else {
      throw .data(
        "'\(train.imagePath)' holds images of \(train.size.height)x\(train.size.width) pixels and "
          + "'\(test.imagePath)' of \(test.size.height)x\(test.size.width); give two files of one set"
      )
    }
  }

  /// That of MNIST, or one more than the largest label.
  func classCount(_ train: MNISTPart, _ test: MNISTPart) -> Int {
    guard !isStandard else { return Self.standardClassCount }
    return max(2, 1 + Int(max(train.labels.max() ?? 0, test.labels.max() ?? 0)))
  }
}
