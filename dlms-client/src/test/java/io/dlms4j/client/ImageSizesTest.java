package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.server.InvokeResult;
import java.io.IOException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Images of all lengths in blocks of all lengths, of which some are lost on their way. */
class ImageSizesTest extends ImageOverWrapper {
  @Property(tries = 40)
  void everyImageIsThereInTheEnd(
      @ForAll @IntRange(min = 1, max = 3000) int size,
      @ForAll @IntRange(min = 10, max = 700) int blockSize,
      @ForAll @Size(max = 6) Set<@IntRange(max = 50) Integer> lost)
      throws IOException {
    try {
      ImageTransfer transfer = start();
      await(transfer.setBlockSize(blockSize));
      int blocks = (size + blockSize - 1) / blockSize;
      Set<Long> losing = new HashSet<>();
      lost.stream().filter(number -> number < blocks).forEach(each -> losing.add((long) each));
      int again = losing.size();
      meter().onInvoke =
          request ->
              request.methodIndex() == ImageMeter.BLOCK_TRANSFER
                      && losing.remove(ImageMeter.block(request))
                  ? InvokeResult.success()
                  : null;
      assertEquals(blocks + again, await(upload(transfer, size).start()).blocksSent());
      assertEquals(
          ImageMeter.image(size),
          store.read(Objects.requireNonNull(store.load().orElseThrow().image()), 0, size));
    } finally {
      stop();
    }
  }
}
