package dev.offload.process;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.offload.spi.OutputRedactor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link QuitDump}.
 */
class QuitDumpTests {

	@Test
	void dumpIsPickedOutOfTheOutput() {
		QuitDump dump = new QuitDump();
		List<String> rest = pump(dump,
				"before\nFull thread dump X\n\n\"main\" #1\n\tat A.b\n\nHeap\n used 1\n\nafter\n");
		assertThat(dump.text())
			.isCompletedWithValue("Full thread dump X\n\n\"main\" #1\n\tat A.b\n\nHeap\n used 1\n\n");
		assertThat(rest).containsExactly("before", "after");
	}

	@Test
	void dumpThatDoesNotEndIsWhatHasComeSoFar() {
		QuitDump dump = new QuitDump();
		pump(dump, "Full thread dump X\n");
		assertThat(dump.text()).isNotDone();
		dump.end();
		assertThat(dump.text()).isCompletedWithValue("Full thread dump X\n");
		assertThat(dump.take("later")).isFalse();
	}

	@Test
	void dumpThatDoesNotBeginIsEmpty() {
		QuitDump dump = new QuitDump();
		assertThat(pump(dump, "one\n")).containsExactly("one");
		dump.end();
		assertThat(dump.text()).isCompletedWithValue("");
	}

	@Test
	void dumpOfAnySizeIsCut() {
		QuitDump dump = new QuitDump();
		pump(dump, "Full thread dump X\n" + ("x".repeat(1000) + "\n").repeat(1000));
		dump.end();
		assertThat(dump.text().join()).hasSize(256 * 1024);
	}

	private static List<String> pump(QuitDump dump, String output) {
		List<String> rest = new ArrayList<>();
		OutputPump pump = new OutputPump(new ByteArrayInputStream(output.getBytes(StandardCharsets.UTF_8)),
				OutputRedactor.NONE, rest::add);
		pump.pick(dump);
		pump.run();
		assertThat(pump.tail().lines()).isEqualTo(rest);
		return rest;
	}

}
