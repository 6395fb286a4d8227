package dev.offload.sample.document;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import dev.offload.sample.TestDocuments;
import dev.offload.sample.document.DocumentException.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link PdfTextExtractor}.
 */
class PdfTextExtractorTests {

	private final PdfTextExtractor extractor = new PdfTextExtractor();

	@Test
	void extractReturnsTextAndPages() {
		DocumentText text = this.extractor.extract(TestDocuments.pages(3));
		assertThat(text.pages()).isEqualTo(3);
		assertThat(text.text()).containsSubsequence("Page 1", "Page 2", "Page 3");
		assertThat(text.workerPid()).isEqualTo(ProcessHandle.current().pid());
	}

	@Test
	void extractWhenThereIsNothingSaysSo() {
		assertProblem(Problem.EMPTY, () -> this.extractor.extract(new byte[0]));
	}

	@Test
	void extractWhenItIsSomethingElseSaysSo() {
		assertProblem(Problem.NOT_A_PDF, () -> this.extractor.extract("GIF89a".getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void extractWhenHalfIsMissingSaysSo() {
		assertProblem(Problem.TRUNCATED, () -> this.extractor.extract(TestDocuments.truncated()));
	}

	@Test
	void extractWhenTheLastBytesAreMissingSaysSo() {
		byte[] whole = TestDocuments.pages(1);
		assertProblem(Problem.TRUNCATED, () -> this.extractor.extract(Arrays.copyOf(whole, whole.length - 5)));
	}

	@Test
	void extractWhenItNeedsAPasswordSaysSo() {
		assertProblem(Problem.ENCRYPTED, () -> this.extractor.extract(TestDocuments.encrypted()));
	}

	@Test
	void extractWhenItsOwnerForbidsItSaysSo() {
		assertProblem(Problem.ENCRYPTED, () -> this.extractor.extract(TestDocuments.forbidding()));
	}

	@Test
	void extractWhenThereIsNothingBetweenTheMarksSaysSo() {
		assertProblem(Problem.DAMAGED,
				() -> this.extractor.extract("%PDF-1.7\nnothing\n%%EOF\n".getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void extractWhenBytesAreChangedFailsWithNothingElse() {
		Random random = new Random(7);
		for (int i = 0; i < 300; i++) {
			byte[] pdf = TestDocuments.pages(1);
			for (int j = 0; j < 20; j++) {
				pdf[random.nextInt(pdf.length - 10)] = (byte) random.nextInt(256);
			}
			try {
				this.extractor.extract(pdf);
			}
			catch (DocumentException ex) {
				assertThat(ex).hasMessageNotContaining("null");
			}
		}
	}

	private static void assertProblem(Problem problem, ThrowingCallable call) {
		assertThatThrownBy(call).asInstanceOf(InstanceOfAssertFactories.type(DocumentException.class))
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(problem));
	}

}
