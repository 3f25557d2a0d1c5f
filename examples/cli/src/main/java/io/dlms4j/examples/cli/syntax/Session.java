package io.dlms4j.examples.cli.syntax;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.SystemTitle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the parties of a recorded session: their keys, and what the frames tell one by
 * one, such as system titles in AARQ and AARE, and the dedicated key in an InitiateRequest. It
 * looks on: it refuses no replay, and takes messages of both directions. For one thread.
 */
public final class Session {
  /** Remembered by a walk: 1 for what goes to the server, 0 for what comes from it. */
  static final String TO_SERVER = "to-server";

  /** So many titles of a kind, and dedicated keys, are kept: the latest. */
  private static final int MOST_LEARNT = 16;

  private final SessionKeys keys;
  private Known known;
  private final List<Part.Fault> faults = new ArrayList<>();

  /** The latest come first. */
  record Known(
      List<SystemTitle> clients, List<SystemTitle> servers, List<KeyMaterial> dedicatedKeys) {}

  /**
   * Begins with keys, and the system titles that are known beforehand.
   *
   * @param keys the keys
   * @param client the client's system title, or null
   * @param server the server's system title, or null
   */
  public Session(SessionKeys keys, @Nullable SystemTitle client, @Nullable SystemTitle server) {
    this.keys = keys;
    this.known =
        new Known(
            client == null ? List.of() : List.of(client),
            server == null ? List.of() : List.of(server),
            keys.dedicatedKeys());
  }

  /** What is known now, to go back to if what follows turns out to be worth nothing. */
  Known known() {
    return known;
  }

  void goBackTo(Known before) {
    known = before;
  }

  int faultCount() {
    return faults.size();
  }

  /** Forgets the faults of what turned out to be no APDU at all. */
  void forgetFaultsFrom(int count) {
    faults.subList(count, faults.size()).clear();
  }

  /** Hands out what is wrong with the protection of what was read since the last time. */
  List<Part.Fault> takeFaults() {
    List<Part.Fault> taken = List.copyOf(faults);
    faults.clear();
    return taken;
  }

  void fault(int octet, String what) {
    faults.add(new Part.Fault(octet, what));
  }

  void learnClient(Octets title) {
    if (title.length() == SystemTitle.LENGTH) {
      List<SystemTitle> clients =
          latest(new SystemTitle(title), known.clients, SystemTitle::equals);
      known = new Known(clients, known.servers, known.dedicatedKeys);
    }
  }

  void learnServer(Octets title) {
    if (title.length() == SystemTitle.LENGTH) {
      List<SystemTitle> servers =
          latest(new SystemTitle(title), known.servers, SystemTitle::equals);
      known = new Known(known.clients, servers, known.dedicatedKeys);
    }
  }

  void learnDedicatedKey(Octets key) {
    if (!key.isEmpty()) {
      List<KeyMaterial> dedicatedKeys =
          latest(KeyMaterial.of(key), known.dedicatedKeys, KeyMaterial::matches);
      known = new Known(known.clients, known.servers, dedicatedKeys);
    }
  }

  private static <T> List<T> latest(T learnt, List<T> others, BiPredicate<T, T> same) {
    List<T> all = new ArrayList<>();
    all.add(learnt);
    for (T other : others) {
      if (all.size() < MOST_LEARNT && !same.test(other, learnt)) {
        all.add(other);
      }
    }
    return List.copyOf(all);
  }

  /**
   * Finds out what is inside a protected APDU.
   *
   * @param apdu the APDU
   * @param toServer what {@link #TO_SERVER} is, or something else if the envelope does not say
   */
  Finding unprotect(Octets apdu, long toServer) {
    return Unprotector.find(keys, known, apdu, toServer);
  }
}
