package io.dlms4j.cosem.association;

import io.dlms4j.cosem.DlmsException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers that come late from those who did not ask for them.
 *
 * <p>A request that was given up without its answer leaves an orphan: its invoke-id is not used
 * again until the late answer has come, or a period has passed in which it has not.
 *
 * <p>An exception-response or ConfirmedServiceError names no request. It is a stray if more than
 * one could be meant, orphans included. Each answer that comes afterwards excludes the one it
 * names; when one candidate is left, the stray is its answer. Time alone excludes nobody.
 */
final class LateAnswers {
  /** A flood of strays is no reason to remember them all. */
  private static final int MOST_STRAYS = 16;

  private final List<Orphan> orphans = new ArrayList<>();
  private final List<Stray> strays = new ArrayList<>();

  private static final class Orphan {
    final AnswerKey key;
    final long until;

    /** Whether an answer that names nobody may be its. */
    final boolean mayBeMeant;

    Orphan(AnswerKey key, long until, boolean mayBeMeant) {
      this.key = key;
      this.until = until;
      this.mayBeMeant = mayBeMeant;
    }
  }

  /** Candidates are requests and orphans, each of which is itself only. */
  private record Stray(DlmsException cause, Set<Object> candidates) {}

  /** A stray that was a request's answer after all. */
  record Found(ClientRequest request, DlmsException cause) {}

  boolean isAwaited(AnswerKey key) {
    for (Orphan orphan : orphans) {
      if (orphan.key.equals(key)) {
        return true;
      }
    }
    return false;
  }

  /** A request was given up while an answer to it may be on its way. */
  void givenUp(ClientRequest request, AnswerKey key, long until) {
    Orphan orphan = new Orphan(key, until, true);
    orphans.add(orphan);
    for (Stray stray : strays) {
      if (stray.candidates.remove(request)) {
        stray.candidates.add(orphan);
      }
    }
  }

  /**
   * A request has timed out. If a stray may have been its answer, that stray is spent.
   *
   * @return the stray, or null
   */
  @Nullable DlmsException timedOut(ClientRequest request, AnswerKey key, long until) {
    for (Stray stray : strays) {
      if (stray.candidates.contains(request)) {
        strays.remove(stray);
        exclude(request);
        orphans.add(new Orphan(key, until, false));
        return stray.cause;
      }
    }
    givenUp(request, key, until);
    return null;
  }

  /** A late answer has come. */
  void arrived(AnswerKey key) {
    for (Orphan orphan : orphans) {
      if (orphan.key.equals(key)) {
        orphans.remove(orphan);
        exclude(orphan);
        return;
      }
    }
  }

  /** A request has had an answer of its own, and is no candidate. */
  void answered(ClientRequest request) {
    exclude(request);
  }

  private void exclude(Object candidate) {
    strays.forEach(stray -> stray.candidates.remove(candidate));
  }

  /** Takes an answer that names no request. */
  void stray(DlmsException cause, List<ClientRequest> awaiting) {
    if (strays.size() < MOST_STRAYS) {
      Set<Object> candidates = new HashSet<>(awaiting);
      orphans.stream().filter(orphan -> orphan.mayBeMeant).forEach(candidates::add);
      strays.add(new Stray(cause, candidates));
    }
  }

  /** A stray that has one candidate left; null if there is none. */
  @Nullable Found pollFound() {
    for (int i = 0; i < strays.size(); ) {
      Stray stray = strays.get(i);
      if (stray.candidates.size() > 1) {
        i++;
        continue;
      }
      strays.remove(i);
      // Whoever it was, it was this one's answer, and of no other stray.
      for (Object only : stray.candidates) {
        exclude(only);
        if (only instanceof ClientRequest request) {
          return new Found(request, stray.cause);
        }
        orphans.remove(only);
      }
      i = 0;
    }
    return null;
  }

  long nextDeadline() {
    long next = ApduChannel.NEVER;
    for (Orphan orphan : orphans) {
      next = Math.min(next, orphan.until);
    }
    return next;
  }

  void onDeadline(long now) {
    orphans.removeIf(orphan -> now >= orphan.until);
  }

  void clear() {
    orphans.clear();
    strays.clear();
  }
}
