package io.dlms4j.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The lines of a server that are in use, and the threads that they are on. */
final class Lines {
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Set<ServerSession> sessions = ConcurrentHashMap.newKeySet();

  /** Is told the thread of a line. */
  void isOn(Thread thread) {
    threads.add(thread);
  }

  /** Whether a thread is that of a line. */
  boolean has(Thread thread) {
    return threads.contains(thread);
  }

  /** A line has clients. */
  void add(ServerSession session) {
    sessions.add(session);
  }

  /** A line has no client any more. */
  void remove(ServerSession session) {
    sessions.remove(session);
  }

  Set<ServerSession> sessions() {
    return Set.copyOf(sessions);
  }
}
