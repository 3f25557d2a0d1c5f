package io.dlms4j.cosem.security;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A process of its own that uses counters until it is killed: what it has used stands in a log
 * before the next one is asked for.
 */
final class CounterUser {
  static final int BLOCK = 7;
  static final KeyMaterial KEY = KeyMaterial.ofHex("000102030405060708090A0B0C0D0E0F");

  private CounterUser() {}

  /**
   * Runs for ever.
   *
   * @param arguments the file of counters, the log of those used, the log of those accepted
   */
  public static void main(String[] arguments) throws IOException {
    CounterId own = CounterId.of(Parties.CLIENT, KEY);
    CounterId peer = CounterId.of(Parties.SERVER, KEY);
    try (FileInvocationCounterStore store =
            FileInvocationCounterStore.open(Path.of(arguments[0]), BLOCK);
        FileOutputStream used = new FileOutputStream(arguments[1], true);
        FileOutputStream accepted = new FileOutputStream(arguments[2], true)) {
      System.out.write('!');
      System.out.flush();
      while (true) {
        for (int i = 0; i < 3; i++) {
          used.write(octets(store.next(own)));
        }
        long next = store.lowestAcceptable(peer);
        store.accept(peer, next);
        accepted.write(octets(next));
      }
    }
  }

  private static byte[] octets(long counter) {
    return ByteBuffer.allocate(8).putLong(counter).array();
  }
}
