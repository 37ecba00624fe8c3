/*-------------------------------------------------------------------------
 *
 * template.h
 *	  Sentences with placeholders for the facts of a failure.
 *
 *	  {what} {name} {options}   a fact that is text
 *	  {got} {want} {limit}      a fact that is a number
 *	  {got_element}             the number of an element, for the host to name
 *	  {want_element}
 *	  {got_kb} {want_kb}        a number of bytes, in kilobytes, rounded up
 *	  {got|row|rows}            the first word if that number is 1, else the
 *	                            second
 *
 * All other text is literal.
 *
 * src/base/template.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_TEMPLATE_H
#define SEG_BASE_TEMPLATE_H

#include "base/env.h"

typedef enum SegPieceKind
{
	SEG_PIECE_TEXT,
	SEG_PIECE_NUMBER,
	SEG_PIECE_ELEMENT, /* a number, of an element that may have a name */
	SEG_PIECE_MISSING, /* a fact that this failure does not have */
	SEG_PIECE_UNKNOWN  /* an unknown placeholder: the template is wrong */
} SegPieceKind;

typedef struct SegPiece
{
	SegPieceKind kind;
	const char *text; /* not zero-terminated */
	size_t length;
	double number;
} SegPiece;

/*
 * Take the next piece of a template; false at its end.
 */
extern bool
seg_template_next(const char **template, const SegDiag *facts, SegPiece *piece);

#endif /* SEG_BASE_TEMPLATE_H */
