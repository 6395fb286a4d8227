package dev.offload.pool;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JvmDump}.
 */
class JvmDumpTests {

	private static final String DUMP = """
			Full thread dump OpenJDK 64-Bit Server VM:

			"pdf-task-11" #1 daemon
			   java.lang.Thread.State: RUNNABLE
				at com.acme.Other.run(Other.java:1)

			"pdf-task-1" #2 daemon prio=5
			   java.lang.Thread.State: RUNNABLE
				at com.acme.Pdf.draw(Pdf.java:7)
				- locked <0x1> (a java.lang.Object)
				at com.acme.Pdf.render(Pdf.java:3)

			"main" #3
				at com.acme.Main.main(Main.java:1)
			""";

	@Test
	void stackOfHasTheFramesOfThatThread() {
		assertThat(JvmDump.stackOf("pdf-task-1", DUMP)).containsExactly("com.acme.Pdf.draw(Pdf.java:7)",
				"com.acme.Pdf.render(Pdf.java:3)");
	}

	@Test
	void stackOfWhenThereIsNoSuchThreadIsEmpty() {
		assertThat(JvmDump.stackOf("pdf-task-2", DUMP)).isEmpty();
		assertThat(JvmDump.stackOf("pdf-task-1", "")).isEmpty();
	}

}
