package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Which job of a pool is next. */
class PoolQueueTest {
  private static final PoolLimits MANY = new PoolLimits(100, 100, 100);

  private static PoolQueue.Place place(String host, String line, boolean shared) {
    return new PoolQueue.Place(host, host + line, shared);
  }

  private record Job(PoolQueue.Place place, int number) {}

  private static List<String> order(PoolQueue<String> queue) {
    List<String> order = new ArrayList<>();
    for (String job = queue.next(); job != null; job = queue.next()) {
      order.add(job);
    }
    return order;
  }

  @Test
  void hostsAndTheirLinesTakeTurns() {
    PoolQueue<String> queue = new PoolQueue<>(MANY);
    for (int i = 1; i <= 3; i++) {
      queue.add(place("a", ":1", false), "a1-" + i);
    }
    queue.add(place("a", ":2", false), "a2-1");
    queue.add(place("b", ":1", false), "b1-1");
    queue.add(place("b", ":1", false), "b1-2");
    assertEquals(List.of("a1-1", "b1-1", "a2-1", "b1-2", "a1-2", "a1-3"), order(queue));
  }

  @Test
  void aSharedLineGoesOnWhenItsJobIsOver() {
    PoolQueue<String> queue = new PoolQueue<>(MANY);
    PoolQueue.Place line = place("a", ":1", true);
    queue.add(line, "first");
    queue.add(line, "second");
    assertEquals(List.of("first"), order(queue));
    queue.done(line);
    assertEquals(List.of("second"), order(queue));
    queue.done(line);
    assertEquals(0, queue.hosts());
  }

  @Test
  void whatIsTakenBackIsNotGivenAndLeavesNothingBehind() {
    PoolQueue<String> queue = new PoolQueue<>(MANY);
    PoolQueue.Place line = place("a", ":1", false);
    queue.add(line, "first");
    assertTrue(queue.remove(line, "first"));
    assertFalse(queue.remove(line, "first"));
    assertNull(queue.next());
    assertEquals(0, queue.hosts());
    queue.add(line, "second");
    assertEquals(List.of("second"), queue.removeAll());
    assertEquals(0, queue.waiting());
    assertEquals(0, queue.hosts());
  }

  @Property(tries = 300)
  void limitsHoldEveryJobComesInItsLinesOrderAndNothingIsKept(@ForAll long seed) {
    Random random = new Random(seed);
    PoolLimits limits =
        new PoolLimits(1 + random.nextInt(6), 1 + random.nextInt(4), 1 + random.nextInt(3));
    PoolQueue<Job> queue = new PoolQueue<>(limits);
    List<PoolQueue.Place> places = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      places.add(place("h" + i % 3, ":" + i, i % 2 == 0));
    }
    Map<PoolQueue.Place, Integer> next = new HashMap<>();
    Map<PoolQueue.Place, Integer> expected = new HashMap<>();
    List<Job> running = new ArrayList<>();
    int given = 0;
    int added = 0;
    for (int step = 0; step < 400 || given < added || !running.isEmpty(); step++) {
      if (step < 400 && random.nextBoolean()) {
        PoolQueue.Place to = places.get(random.nextInt(places.size()));
        queue.add(to, new Job(to, next.merge(to, 1, Integer::sum)));
        added++;
      } else if (!running.isEmpty() && random.nextInt(3) == 0) {
        queue.done(running.remove(random.nextInt(running.size())).place());
      } else {
        Job job = queue.next();
        if (job == null) {
          assertTrue(added == given || !running.isEmpty(), "jobs wait, and none of them may go");
        } else {
          given++;
          running.add(job);
          assertEquals(expected.merge(job.place(), 1, Integer::sum), job.number());
        }
      }
      assertTrue(running.size() <= limits.total());
      for (PoolQueue.Place at : places) {
        long onLine = running.stream().filter(job -> job.place().equals(at)).count();
        long onHost = running.stream().filter(job -> job.place().host().equals(at.host())).count();
        assertTrue(onLine <= (at.shared() ? 1 : limits.perEndpoint()));
        assertTrue(onHost <= limits.perHost());
      }
    }
    assertEquals(0, queue.hosts());
    assertEquals(0, queue.active());
  }
}
