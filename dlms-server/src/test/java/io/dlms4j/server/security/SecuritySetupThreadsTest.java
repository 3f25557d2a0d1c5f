package io.dlms4j.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.security.KeyId;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.server.InvokeResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Readers on many threads while keys change, and methods that are carried out later. */
class SecuritySetupThreadsTest {
  private static final SecuritySuite SUITE = SecuritySuite.SUITE_0;
  private static final int CHANGES = 2000;

  /** Both keys are always of one change: whoever reads sees all of a change or nothing. */
  @Test
  void whoReadsWhileKeysChangeSeesWholeChanges() throws Exception {
    KeyMaterial kek = Contexts.key(SUITE);
    KeyMaterial first = Contexts.key(SUITE);
    SecuritySetup setup =
        Contexts.builder(
                KeyRing.builder(SUITE)
                    .masterKey(kek)
                    .unicastKey(first)
                    .authenticationKey(first)
                    .build())
            .build();
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(5);
    try {
      List<Future<Long>> readers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        readers.add(threads.submit(() -> readAll(setup, done)));
      }
      List<Future<Void>> writers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        writers.add(threads.submit(() -> change(setup, kek)));
      }
      for (Future<Void> writer : writers) {
        writer.get();
      }
      done.set(true);
      for (Future<Long> reader : readers) {
        assertTrue(reader.get() > 0, "a reader read nothing");
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    assertEquals(SecurityPolicy.ofVersion1(0x6C), setup.policy());
  }

  private static long readAll(SecuritySetup setup, AtomicBoolean done) {
    long reads = 0;
    SecurityPolicy last = SecurityPolicy.NONE;
    do {
      KeyRing keys = Contexts.keysFor(setup, Contexts.CLIENT);
      assertTrue(
          Contexts.symmetric(keys, KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY)
              .matches(Contexts.symmetric(keys, KeyId.AUTHENTICATION_KEY)));
      SecurityPolicy policy = setup.policy();
      assertTrue(policy.isAtLeast(last));
      last = policy;
      reads++;
    } while (!done.get());
    return reads;
  }

  private static Void change(SecuritySetup setup, KeyMaterial kek) {
    Caller caller = new Caller(setup.object(), Contexts.CLIENT);
    for (int i = 0; i < CHANGES; i++) {
      KeyMaterial key = Contexts.key(SUITE);
      assertEquals(
          ActionResult.SUCCESS,
          caller.invoke(
              2, CosemData.array(Contexts.wrapped(0, kek, key), Contexts.wrapped(2, kek, key))));
      int policy = i < CHANGES / 2 ? 0x04 : 0x6C;
      ActionResult activated = caller.invoke(1, CosemData.enumerated(policy));
      // The other one may have been faster, and a policy does not become weaker.
      assertTrue(
          activated == ActionResult.SUCCESS
              || (policy == 0x04 && setup.policy().toVersion1() == 0x6C));
    }
    return null;
  }

  @Test
  void withAnExecutorAMethodIsReadAtOnceAndCarriedOutInItsTurn() {
    Deque<Runnable> tasks = new ArrayDeque<>();
    SecuritySetup setup = Contexts.builder(Contexts.keys(SUITE)).executor(tasks::add).build();
    CompletableFuture<InvokeResult> answer = invoke(setup, CosemData.enumerated(0x6C));
    assertFalse(answer.isDone());
    assertEquals(SecurityPolicy.NONE, setup.policy());
    tasks.remove().run();
    assertEquals(ActionResult.SUCCESS, answer.join().result());
    assertEquals(0x6C, setup.policy().toVersion1());
    // What is of another type is not left to the executor.
    assertThrows(AxdrException.class, () -> invoke(setup, CosemData.unsigned(1)));
    assertTrue(tasks.isEmpty());
  }

  private static CompletableFuture<InvokeResult> invoke(SecuritySetup setup, CosemData parameters) {
    return new Caller(setup.object(), Contexts.CLIENT).begin(1, parameters);
  }
}
