package io.dlms4j.omnipower;

import io.dlms4j.cosem.ObisCode;
import io.dlms4j.server.image.ImageTransfer;
import io.dlms4j.server.image.InMemoryImageStore;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Image transfers of the meter's name. */
final class Images {
  private Images() {}

  static ImageTransfer inMemory() {
    try {
      return ImageTransfer.builder(ObisCode.of("0.0.44.0.0.255"), new InMemoryImageStore())
          .blockSize(983, 16, 983)
          .maxImageSize(1_000)
          .survivingRestarts(false)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
