package dev.offload.spring.validation;

/**
 * What stands in the way of sending values of a type.
 *
 * @param text where it is, which class is concerned, why and what to do
 * @param refused whether no value can be sent; otherwise values of the declared class
 * cannot, and those of a subclass may
 */
record TravelFinding(String text, boolean refused) {

}
