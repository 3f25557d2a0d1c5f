package io.dlms4j.omnipower.store;

import io.dlms4j.axdr.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Something with numbers, a string and two rings in a memory, which a commit makes one state: what
 * it is can be told by {@link #state()}.
 */
final class SmallMeter {
  private final PermanentMemory memory;
  private final Cells totals;
  private final OctetCell text;
  private final Ring profile;
  private final Ring events;

  SmallMeter(PermanentMemory memory) {
    this.memory = memory;
    this.totals = memory.cells("totals", 9);
    this.text = memory.octets("text");
    this.profile = memory.ring("profile", 3, 5);
    this.events = memory.ring("events", 1, 70);
  }

  /** Changes this and that, sometimes nothing, and commits. */
  void step(Random random) {
    change(random);
    memory.commit();
  }

  void change(Random random) {
    for (int i = random.nextInt(4); i > 0; i--) {
      totals.add(random.nextInt(totals.size()), random.nextLong() >> random.nextInt(64));
    }
    if (random.nextInt(5) == 0) {
      byte[] octets = new byte[random.nextInt(20)];
      random.nextBytes(octets);
      text.set(Octets.view(octets));
    }
    Ring ring = random.nextBoolean() ? profile : events;
    switch (random.nextInt(30)) {
      case 0 -> ring.clear();
      case 1 -> append(ring, 150, random);
      case 2, 3, 4, 5, 6, 7 -> append(ring, 1 + random.nextInt(3), random);
      case 8, 9 -> {
        if (ring.inUse() > 0) {
          ring.set(0, random.nextInt());
        }
      }
      default -> {}
    }
  }

  private static void append(Ring ring, int rows, Random random) {
    for (int i = 0; i < rows; i++) {
      ring.append();
      for (int word = 0; word < ring.words(); word++) {
        ring.set(word, random.nextInt());
      }
    }
  }

  /** All that can be read. */
  String state() {
    StringBuilder state = new StringBuilder();
    for (int i = 0; i < totals.size(); i++) {
      state.append(totals.get(i)).append(' ');
    }
    state.append(text.get());
    for (Ring ring : List.of(profile, events)) {
      state.append('\n').append(ring.oldest()).append("..").append(ring.next()).append(':');
      for (long row = Math.max(1, ring.next() - 500); row < ring.next(); row++) {
        if (ring.isReadable(row)) {
          state.append(' ').append(row);
          for (int word = 0; word < ring.words(); word++) {
            state.append('/').append(ring.get(row, word));
          }
        }
      }
    }
    return state.toString();
  }

  /** Steps so often, and notes each state, with the one before the first step. */
  List<String> run(int steps, Random random) {
    List<String> states = new ArrayList<>();
    states.add(state());
    for (int i = 0; i < steps; i++) {
      step(random);
      states.add(state());
    }
    return states;
  }
}
