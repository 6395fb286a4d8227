package dev.offload.sample.document;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;

import dev.offload.sample.TestDocuments;
import dev.offload.sample.document.DocumentException.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link PdfThumbnailer}.
 */
class PdfThumbnailerTests {

	private final PdfThumbnailer thumbnailer = new PdfThumbnailer();

	@Test
	void drawMakesAPictureOfThatWidth() throws IOException {
		Thumbnail thumbnail = this.thumbnailer.draw(TestDocuments.pages(3), 2, 400);
		assertThat(thumbnail.pages()).isEqualTo(3);
		assertThat(image(thumbnail).getWidth()).isCloseTo(400, within(1));
		assertThat(image(thumbnail).getHeight()).isCloseTo(566, within(2));
	}

	@Test
	void drawShowsWhatIsOnThePage() throws IOException {
		BufferedImage image = image(this.thumbnailer.draw(TestDocuments.pages(1), 1, 400));
		assertThat(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
			.contains(0xff000000)
			.contains(0xffffffff);
	}

	@Test
	void drawWhenThePageIsTurnedMakesAPictureOfThatWidth() throws IOException {
		BufferedImage image = image(this.thumbnailer.draw(TestDocuments.page(200, 400, 90), 1, 300));
		assertThat(image.getWidth()).isCloseTo(300, within(1));
		assertThat(image.getHeight()).isCloseTo(150, within(1));
	}

	@Test
	void drawWhenThePageIsVeryLargeMakesAPictureOfThatWidth() throws IOException {
		assertThat(image(this.thumbnailer.draw(TestDocuments.page(14400, 14400, 0), 1, 16)).getWidth()).isCloseTo(16,
				within(1));
	}

	@Test
	void drawWhenThereIsNoSuchPageSaysHowManyThereAre() {
		assertThatExceptionOfType(DocumentException.class)
			.isThrownBy(() -> this.thumbnailer.draw(TestDocuments.pages(3), 4, 400))
			.withMessage("The document has 3 page(s), so there is no page 4")
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(Problem.NO_SUCH_PAGE));
	}

	@Test
	void drawWhenThePageIsAStripRefuses() {
		assertThatExceptionOfType(DocumentException.class)
			.isThrownBy(() -> this.thumbnailer.draw(TestDocuments.page(10, 14400, 0), 1, 2000))
			.withMessageContaining("Page 1 is 10.0 by 14400.0 points");
	}

	private static BufferedImage image(Thumbnail thumbnail) throws IOException {
		return ImageIO.read(new ByteArrayInputStream(thumbnail.png()));
	}

}
