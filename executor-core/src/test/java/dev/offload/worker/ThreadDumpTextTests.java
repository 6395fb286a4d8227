package dev.offload.worker;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ThreadDumpText}.
 */
class ThreadDumpTextTests {

	@Test
	void textBeginsWithTheThreadOfInterestAndHasAllOnce() {
		ThreadInfo[] all = threads();
		ThreadInfo own = all[all.length - 1];
		String text = new ThreadDumpText(null).of(own, all);
		assertThat(text.lines().filter((line) -> line.startsWith("\""))).hasSize(all.length)
			.first()
			.asString()
			.startsWith("\"" + own.getThreadName() + "\"");
	}

	@SuppressWarnings("deprecation")
	@Test
	void textHasLocksAndWhoWaitsForEachOther() {
		synchronized (this) {
			String text = new ThreadDumpText(new long[] { Thread.currentThread().getId() }).of(null, threads());
			assertThat(text).contains("- locked " + getClass().getName() + "@", "DEADLOCKED");
		}
	}

	@Test
	void textOfManyThreadsIsCut() {
		ThreadInfo[] many = Collections.nCopies(1000, Arrays.asList(threads()))
			.stream()
			.flatMap(List::stream)
			.toArray(ThreadInfo[]::new);
		assertThat(new ThreadDumpText(null).of(null, many)).hasSize(ThreadDumpText.MAX_CHARACTERS);
	}

	private static ThreadInfo[] threads() {
		return ManagementFactory.getThreadMXBean().dumpAllThreads(true, false);
	}

}
