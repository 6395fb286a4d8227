package dev.offload.sample.web;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DocumentUpload}.
 */
class DocumentUploadTests {

	private final DocumentUpload upload = new DocumentUpload(DataSize.ofBytes(10));

	@Test
	void readWhenTheBodyIsAtTheLimitReturnsIt() throws IOException {
		assertThat(this.upload.read(request(10))).hasSize(10);
	}

	@Test
	void readWhenTheBodyIsOverTheLimitNamesTheLimit() {
		assertTooLarge(request(11));
	}

	@Test
	void readWhenTheBodyHasNoLengthReadsNoMoreThanTheLimit() {
		assertTooLarge(new MockHttpServletRequest() {

			@Override
			public long getContentLengthLong() {
				return -1;
			}

		}, 11);
	}

	private void assertTooLarge(MockHttpServletRequest request, int size) {
		request.setContent(new byte[size]);
		assertTooLarge(request);
	}

	private void assertTooLarge(MockHttpServletRequest request) {
		assertThatExceptionOfType(ErrorResponseException.class).isThrownBy(() -> this.upload.read(request))
			.satisfies((ex) -> {
				assertThat(ex.getStatusCode()).isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
				assertThat(ex.getBody().getDetail()).contains("10 bytes", "sample.max-document-size");
			});
	}

	private static MockHttpServletRequest request(int size) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setContent(new byte[size]);
		return request;
	}

}
