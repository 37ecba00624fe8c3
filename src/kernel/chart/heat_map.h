/*-------------------------------------------------------------------------
 *
 * heat_map.h
 *	  A table of cells whose color says how large their value is.
 *
 * src/kernel/chart/heat_map.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_HEAT_MAP_H
#define SEG_KERNEL_HEAT_MAP_H

#include "kernel/chart/cells.h"

/* Rows of the cells are columns of the map, series are its rows. */
extern const SegCellChart seg_heat_map;

#endif /* SEG_KERNEL_HEAT_MAP_H */
