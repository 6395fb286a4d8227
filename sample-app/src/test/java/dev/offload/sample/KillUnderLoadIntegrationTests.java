package dev.offload.sample;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills each worker in turn, again and again, while clients ask for invoices: every
 * request gets a PDF or an answer that names the crash, and none hangs.
 * <p>
 * For how long is the system property {@code offload.load.seconds}, 8 by default.
 */
class KillUnderLoadIntegrationTests {

	private static final int CLIENTS = 8;

	private static final Duration LOAD = Duration.ofSeconds(Integer.getInteger("offload.load.seconds", 8));

	/** More than any limit of the pool: whatever takes longer hangs. */
	private static final Duration HANG = Duration.ofSeconds(60);

	private static final List<String> POOLS = List.of("pdf", "parse", "image", "chaos");

	private final Map<String, AtomicLong> answers = new ConcurrentHashMap<>();

	private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

	private final AtomicLong slowest = new AtomicLong();

	@TempDir
	private Path directory;

	@Test
	void everyRequestIsAnsweredWhileEachWorkerIsKilledInTurn() throws Exception {
		try (SampleProcess sample = SampleProcess.start(this.directory)) {
			sample.awaitWorkers();
			long end = System.nanoTime() + LOAD.toNanos();
			ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
			for (int i = 0; i < CLIENTS; i++) {
				int number = i;
				clients.execute(() -> askUntil(sample, end, number));
			}
			int kills = killUntil(sample, end);
			clients.shutdown();
			assertThat(clients.awaitTermination(HANG.toSeconds() * 2, TimeUnit.SECONDS)).isTrue();
			System.out.println("Kill under load: " + LOAD.toSeconds() + " s, " + CLIENTS + " clients, " + kills
					+ " kills, answers " + this.answers + ", slowest " + this.slowest.get() / 1_000_000 + " ms");
			assertThat(this.wrong).isEmpty();
			assertThat(this.answers.get("200")).hasPositiveValue();
			awaitFullSize(sample);
		}
	}

	private void askUntil(SampleProcess sample, long end, int client) {
		for (int i = client; System.nanoTime() < end; i++) {
			String path = "/invoices/INV-2026-%04d.pdf".formatted(1 + i % 50);
			long start = System.nanoTime();
			try {
				note(path, sample.get(path));
			}
			catch (Exception ex) {
				this.wrong.add(path + ": " + ex);
			}
			this.slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
		}
	}

	private void note(String path, HttpResponse<byte[]> response) {
		String body = new String(response.body(), StandardCharsets.ISO_8859_1);
		String kind = Integer.toString(response.statusCode());
		boolean pdf = response.statusCode() == 200 && body.startsWith("%PDF-");
		boolean named = response.statusCode() >= 500 && body.contains("\"executor\":\"pdf\"") && body.contains("pid");
		if (!pdf && !named) {
			this.wrong.add(path + ": " + kind + " " + body);
		}
		this.answers.computeIfAbsent(kind, (ignored) -> new AtomicLong()).incrementAndGet();
	}

	private int killUntil(SampleProcess sample, long end) throws Exception {
		int kills = 0;
		while (System.nanoTime() < end) {
			for (String pool : POOLS) {
				List<Long> workers = sample.workers(pool);
				if (!workers.isEmpty()) {
					long pid = workers.get(kills % workers.size());
					ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
					kills++;
					// the next kill comes when this worker is replaced
					Awaitility.await()
						.atMost(HANG)
						.until(() -> sample.workers(pool), (now) -> !now.contains(pid) && now.size() == size(pool));
				}
			}
		}
		return kills;
	}

	private static int size(String pool) {
		return pool.equals("pdf") ? 2 : 1;
	}

	private static void awaitFullSize(SampleProcess sample) {
		Awaitility.await("all pools are back to their size").atMost(HANG).until(() -> {
			for (String pool : POOLS) {
				if (sample.workers(pool).size() < size(pool)) {
					return false;
				}
			}
			return true;
		});
	}

}
