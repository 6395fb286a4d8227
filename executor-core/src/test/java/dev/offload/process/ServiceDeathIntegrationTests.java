package dev.offload.process;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills a service with {@code kill -9} and measures how long its workers, and the
 * processes that they have started, live on.
 */
class ServiceDeathIntegrationTests {

	private static final long LIMIT_MILLIS = 250;

	/** Few at a time: more of them would measure how many processors the machine has. */
	private static final List<String> BEHAVIOURS = List.of("busy", "idle", "native", "busy,child", "idle,orphan");

	private static final String SERVICE = "service";

	private static final List<String> COLLECTORS = List.of("Serial", "Parallel", "G1", "Z", "Shenandoah");

	@TempDir
	private Path directory;

	private List<String> launcher = List.of();

	@Test
	void workersWhenTheirServiceIsKilledAreGoneAtOnce() throws Exception {
		List<Double> all = new ArrayList<>();
		List<String> late = new ArrayList<>();
		for (String collector : COLLECTORS) {
			String option = "-XX:+Use" + collector + "GC";
			if (!isUsable(option)) {
				System.out.println("This JDK has no " + collector + " collector");
				continue;
			}
			List<Double> ofCollector = new ArrayList<>();
			killService(List.of(option)).forEach((name, millis) -> {
				ofCollector.add(millis);
				if (millis > LIMIT_MILLIS) {
					late.add(collector + " " + name + " " + millis + " ms");
				}
			});
			print(collector, ofCollector);
			all.addAll(ofCollector);
		}
		print("all", all);
		assertThat(all).hasSizeGreaterThanOrEqualTo(25);
		assertThat(late).isEmpty();
	}

	@Test
	void workersOfAServiceThatIgnoresInterruptsAreGoneAtOnce() throws Exception {
		// As a shell starts what runs in the background.
		this.launcher = List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh");
		assertThat(killService(List.of("-XX:+UseSerialGC")).values()).isNotEmpty()
			.allMatch((millis) -> millis <= LIMIT_MILLIS);
	}

	private Map<String, Double> killService(List<String> options) throws Exception {
		List<String> command = new ArrayList<>(this.launcher);
		command.addAll(List.of(java(), "-Xmx64m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				"-Dtest.directory=" + this.directory, TestService.class.getName()));
		command.addAll(options);
		command.add("--");
		command.addAll(BEHAVIOURS);
		Process service = new ProcessBuilder(command).redirectErrorStream(true).start();
		try {
			Map<String, Long> pids = readPids(service);
			pids.put(SERVICE, service.pid());
			Map<String, Double> lived = measure(service, pids);
			Double itself = lived.remove(SERVICE);
			System.out.printf("The service itself was gone after %.1f ms, its processes after %s ms%n", itself,
					lived.values().stream().map((millis) -> String.format("%.0f", millis)).toList());
			// how long the system takes to end the service is not for its workers to
			// answer
			lived.replaceAll((name, millis) -> Math.max(0, millis - itself));
			return lived;
		}
		finally {
			service.destroyForcibly().waitFor();
		}
	}

	private static Map<String, Long> readPids(Process service) throws Exception {
		Map<String, Long> pids = new LinkedHashMap<>();
		BufferedReader reader = service.inputReader();
		List<String> output = new ArrayList<>();
		String line = reader.readLine();
		while (line != null && !line.equals("STARTED")) {
			output.add(line);
			if (line.startsWith("WORKER ")) {
				String[] words = line.split(" ", -1);
				pids.put(pids.size() + " " + words[1], Long.parseLong(words[2]));
			}
			line = reader.readLine();
		}
		assertThat(line).as(String.join("\n", output)).isEqualTo("STARTED");
		return pids;
	}

	private static Map<String, Double> measure(Process service, Map<String, Long> pids) {
		assertThat(pids.values()).allMatch(TestLaunch::isRunning);
		Map<String, Double> lived = new LinkedHashMap<>();
		long begin = System.nanoTime();
		service.toHandle().destroyForcibly();
		while (lived.size() < pids.size() && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(20)) {
			pids.forEach((name, pid) -> {
				if (!lived.containsKey(name) && !TestLaunch.isRunning(pid)) {
					lived.put(name, (System.nanoTime() - begin) / 1_000_000.0);
				}
			});
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
		}
		pids.forEach((name, pid) -> {
			if (lived.putIfAbsent(name, Double.POSITIVE_INFINITY) == null) {
				ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
			}
		});
		return lived;
	}

	private static boolean isUsable(String option) throws Exception {
		Process probe = new ProcessBuilder(java(), option, "-version").redirectErrorStream(true).start();
		probe.getInputStream().readAllBytes();
		return probe.waitFor() == 0;
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	private static void print(String name, Collection<Double> millis) {
		List<Double> sorted = new ArrayList<>(millis);
		Collections.sort(sorted);
		System.out.printf(
				"Gone after the end of the service by kill -9, %s: %d processes, p50 %.1f ms, p90 %.1f ms, max %.1f ms%n",
				name, sorted.size(), percentile(sorted, 50), percentile(sorted, 90), percentile(sorted, 100));
	}

	private static double percentile(List<Double> sorted, int percent) {
		return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * percent / 100.0) - 1));
	}

}
